// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.core.CoroutinesUtils;
import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;

/**
 * The methods of one name that can answer instead of a guarded method.
 */
final class FallbackMethods {

	private final List<Method> methods;

	private final int parameterCount;

	private FallbackMethods(List<Method> methods, int parameterCount) {
		this.methods = methods;
		this.parameterCount = parameterCount;
	}

	/**
	 * Looks the methods of a name up.
	 * @throws InvalidLlmGuardedException if there is none that fits
	 */
	static FallbackMethods find(Method guarded, Class<?> type, String name) {
		List<Method> named = MethodIntrospector
			.selectMethods(type,
					(ReflectionUtils.MethodFilter) (method) -> method.getName().equals(name) && !method.isBridge()
							&& !method.equals(guarded))
			.stream()
			.toList();
		List<Method> fitting = new ArrayList<>(named.stream().filter((method) -> fits(method, guarded, type)).toList());
		if (fitting.isEmpty()) {
			throw new InvalidLlmGuardedException(guarded, problem(name, named), "Declare '%s', with a %s if you like."
				.formatted(expected(guarded, type, name), "Throwable or one of its subclasses as last parameter"));
		}
		fitting.forEach(ReflectionUtils::makeAccessible);
		return new FallbackMethods(fitting, parametersOf(guarded).length);
	}

	private static String problem(String name, List<Method> named) {
		String problem = "names the fallback method '%s', ".formatted(name);
		return problem + (named.isEmpty() ? "which does not exist" : "but no method of that name fits: found "
				+ String.join(" and ", named.stream().map(InvalidLlmGuardedException::describe).toList()));
	}

	private static String expected(Method guarded, Class<?> type, String name) {
		return "%s %s%s".formatted(ResolvableType.forMethodReturnType(guarded, type), name,
				InvalidLlmGuardedException.parameters(guarded.getParameterTypes()));
	}

	private static boolean fits(Method method, Method guarded, Class<?> type) {
		Class<?>[] parameters = parametersOf(method);
		Class<?>[] expected = parametersOf(guarded);
		boolean hasException = parameters.length == expected.length + 1
				&& Throwable.class.isAssignableFrom(parameters[expected.length]);
		boolean suspends = KotlinDetector.isSuspendingFunction(method) && !KotlinDetector.isSuspendingFunction(guarded);
		if (suspends || (parameters.length != expected.length && !hasException)) {
			return false;
		}
		for (int i = 0; i < expected.length; i++) {
			if (!parameters[i].isAssignableFrom(expected[i])) {
				return false;
			}
		}
		return returnsTheSame(method, guarded, type);
	}

	/**
	 * Returns the parameters that are written down: a suspending function has one more.
	 */
	private static Class<?>[] parametersOf(Method method) {
		Class<?>[] types = method.getParameterTypes();
		return KotlinDetector.isSuspendingFunction(method) ? Arrays.copyOf(types, types.length - 1) : types;
	}

	private static boolean returnsTheSame(Method method, Method guarded, Class<?> type) {
		if (guarded.getReturnType() == void.class) {
			return true;
		}
		return ResolvableType.forMethodReturnType(guarded, type)
			.isAssignableFrom(ResolvableType.forMethodReturnType(method, type));
	}

	/**
	 * Returns the method for an error: the one with the most specific exception.
	 * @return the method, or {@code null} if none takes this error
	 */
	@Nullable Method forError(Throwable error) {
		Method best = null;
		for (Method method : this.methods) {
			if (takes(method, error) && (best == null || depth(method, error) < depth(best, error))) {
				best = method;
			}
		}
		return best;
	}

	/**
	 * Calls one of the methods.
	 * @throws Throwable what the method throws, with the error suppressed in it
	 */
	@Nullable Object call(Method method, GuardedCall call, Throwable error) throws Throwable {
		@Nullable Object[] arguments = Arrays.copyOf(call.arguments(), parametersOf(method).length);
		if (arguments.length > this.parameterCount) {
			arguments[this.parameterCount] = error;
		}
		try {
			if (KotlinDetector.isSuspendingFunction(method)) {
				return KotlinDelegate.call(method, call.bean(), arguments);
			}
			return method.invoke(Modifier.isStatic(method.getModifiers()) ? null : call.bean(), arguments);
		}
		catch (InvocationTargetException ex) {
			Throwable thrown = ex.getTargetException();
			if (thrown != error) {
				thrown.addSuppressed(error);
			}
			throw thrown;
		}
	}

	private boolean takes(Method method, Throwable error) {
		return parametersOf(method).length == this.parameterCount
				|| method.getParameterTypes()[this.parameterCount].isInstance(error);
	}

	/**
	 * Returns how far an error's class is from what a method takes.
	 */
	private int depth(Method method, Throwable error) {
		if (parametersOf(method).length == this.parameterCount) {
			return Integer.MAX_VALUE;
		}
		int depth = 0;
		Class<?> taken = method.getParameterTypes()[this.parameterCount];
		for (Class<?> type = error.getClass(); type != null && type != taken; type = type.getSuperclass()) {
			depth++;
		}
		return depth;
	}

	/**
	 * Keeps Kotlin out of applications without it.
	 */
	private static final class KotlinDelegate {

		static Object call(Method method, Object bean, @Nullable Object... arguments) {
			return CoroutinesUtils.invokeSuspendingFunction(method, bean, arguments);
		}

	}

}
