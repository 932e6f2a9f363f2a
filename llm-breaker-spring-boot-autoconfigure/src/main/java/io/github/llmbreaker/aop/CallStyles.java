// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import org.springframework.core.GenericTypeResolver;
import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodParameter;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.util.ClassUtils;

/**
 * Knows how a method's result comes.
 */
final class CallStyles {

	private static final boolean REACTOR = ClassUtils.isPresent("reactor.core.publisher.Flux",
			CallStyles.class.getClassLoader());

	private static final String FLOW = "kotlinx.coroutines.flow.Flow";

	private final MethodGuards guards;

	CallStyles(MethodGuards guards) {
		this.guards = guards;
	}

	/**
	 * Returns how the result of a method comes. The type of the bean says what a type
	 * variable stands for.
	 */
	CallStyle of(Method method, Class<?> type) {
		if (isSuspending(method)) {
			return ReactorDelegate.create(this.guards, null,
					FLOW.equals(new MethodParameter(method, -1).getParameterType().getName()));
		}
		Class<?> returned = GenericTypeResolver.resolveReturnType(method, type);
		if (isStage(method, returned)) {
			return new StageStyle(this.guards);
		}
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(returned);
		if (adapter == null) {
			return new BlockingStyle(this.guards);
		}
		return ReactorDelegate.create(this.guards, adapter, adapter.isMultiValue());
	}

	/**
	 * Whether a method is a suspending function, which the proxy turns into a reactive
	 * type.
	 */
	boolean isSuspending(Method method) {
		return REACTOR && KotlinDetector.isSuspendingFunction(method);
	}

	static boolean isStage(Method method, Class<?> type) {
		if (CompletionStage.class.isAssignableFrom(type) && !type.isAssignableFrom(CompletableFuture.class)) {
			throw new InvalidLlmGuardedException(method, "returns '%s'".formatted(type.getName()),
					"Return CompletionStage or CompletableFuture.");
		}
		return Future.class == type || CompletionStage.class.isAssignableFrom(type);
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
