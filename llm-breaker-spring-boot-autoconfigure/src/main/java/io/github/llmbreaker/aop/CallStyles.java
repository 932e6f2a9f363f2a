// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.call.Attempt;
import io.github.llmbreaker.call.BlockingCall;
import io.github.llmbreaker.call.LlmCall;
import io.github.llmbreaker.call.StageCall;
import org.jspecify.annotations.Nullable;

import org.springframework.core.GenericTypeResolver;
import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodParameter;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * Knows how the results of methods come.
 */
final class CallStyles {

	private static final boolean REACTOR = ClassUtils.isPresent("reactor.core.publisher.Flux",
			CallStyles.class.getClassLoader());

	private CallStyles() {
	}

	/**
	 * Returns the style of a method, by the type that it returns. The type of the bean
	 * says what a type variable stands for.
	 */
	static CallStyle of(Method method, Class<?> type, MethodGuards guards) {
		if (isSuspending(method)) {
			boolean flow = "kotlinx.coroutines.flow.Flow"
				.equals(new MethodParameter(method, -1).getParameterType().getName());
			return ReactorDelegate.create(guards, null, flow);
		}
		Class<?> returned = GenericTypeResolver.resolveReturnType(method, type);
		if (isStage(method, returned)) {
			return new Stage(guards);
		}
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(returned);
		return (adapter != null) ? ReactorDelegate.create(guards, adapter, adapter.isMultiValue())
				: new Blocking(guards);
	}

	/**
	 * Whether a method is a suspending function, which the proxy turns into a reactive
	 * type.
	 */
	static boolean isSuspending(Method method) {
		return REACTOR && KotlinDetector.isSuspendingFunction(method);
	}

	/**
	 * Returns the type of what the calls of a method result in: the value itself, or a
	 * list of the values.
	 */
	static Class<?> resultOf(Method method, Class<?> bean) {
		if (isSuspending(method)) {
			return Object.class;
		}
		ResolvableType type = ResolvableType.forMethodReturnType(method, bean);
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(type.toClass());
		if (adapter != null && adapter.isMultiValue()) {
			return List.class;
		}
		boolean wrapped = adapter != null || isStage(method, type.toClass());
		return ClassUtils.resolvePrimitiveIfNecessary((wrapped ? type.getGeneric(0) : type).resolve(Object.class));
	}

	private static boolean isStage(Method method, Class<?> type) {
		if (CompletionStage.class.isAssignableFrom(type) && !type.isAssignableFrom(CompletableFuture.class)) {
			throw new InvalidLlmGuardedException(method, "returns '%s'".formatted(type.getName()),
					"Return CompletionStage or CompletableFuture.");
		}
		return Future.class == type || CompletionStage.class.isAssignableFrom(type);
	}

	/**
	 * Runs calls on the caller's thread.
	 */
	private record Blocking(MethodGuards guards) implements CallStyle {

		@Override
		public @Nullable Object run(GuardedCall call) throws Throwable {
			TargetGate gate = this.guards.gate(call);
			CallPermit outer = CallPermit.current();
			if (!this.guards.isRecoverable(call, gate)) {
				return BlockingCall.run(Attempt.single(this.guards.guard(), gate, outer),
						(attempt) -> returned(attempt, call.proceed()));
			}
			LlmCall planned = this.guards.plan(call, gate, outer);
			Object result;
			try {
				result = BlockingCall.run(planned, (attempt) -> returned(attempt, call.proceed(attempt.target())));
			}
			catch (Throwable ex) {
				GuardedCall.Substitute substitute = planned.isAnswerable() ? call.substitute(ex) : null;
				if (substitute == null) {
					throw ex;
				}
				return substitute.answer();
			}
			call.remember(result);
			return result;
		}

		private static @Nullable Object returned(Attempt attempt, @Nullable Object result) {
			attempt.succeeded();
			return result;
		}

	}

	/**
	 * Runs calls whose result is completed later.
	 */
	private record Stage(MethodGuards guards) implements CallStyle {

		@Override
		public @Nullable Object run(GuardedCall call) {
			return StageCall.run(this.guards.plan(call, this.guards.gate(call), CallPermit.current()),
					new StageSource(call));
		}

	}

	/**
	 * Calls a method whose result is completed later.
	 */
	private record StageSource(GuardedCall call) implements StageCall.Source {

		@Override
		public @Nullable Object make(Attempt attempt) throws Throwable {
			return this.call.proceed(attempt.target());
		}

		@Override
		public void succeeded(@Nullable Object value) {
			this.call.remember(value);
		}

		@Override
		public @Nullable CompletionStage<?> instead(Throwable error) throws Throwable {
			GuardedCall.Substitute substitute = this.call.substitute(error);
			if (substitute == null) {
				return null;
			}
			Object answer = substitute.answer();
			return (answer instanceof CompletionStage<?> stage) ? stage : CompletableFuture.completedFuture(answer);
		}

	}

	/**
	 * Keeps Reactor out of applications without it.
	 */
	private static final class ReactorDelegate {

		static CallStyle create(MethodGuards guards, @Nullable ReactiveAdapter adapter, boolean multiValue) {
			return new ReactorStyle(guards, adapter, multiValue);
		}

	}

}
