// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmGuarded;
import kotlin.Metadata;
import kotlin.coroutines.Continuation;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.aop.framework.ReflectiveMethodInvocation;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of suspending functions, which reach an interceptor as a reactive type.
 */
class SuspendingFunctionTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final Method ASK = ReflectionUtils.findMethod(Compiled.class, "ask", String.class,
			Continuation.class);

	@Test
	void outcomeIsThatOfTheCoroutine() {
		GuardedContext.runner().run((context) -> {
			AtomicInteger calls = new AtomicInteger();
			Publisher<?> answer = call(context, (invocation) -> Mono.fromCallable(calls::incrementAndGet));
			assertThat(calls).hasValue(0);
			StepVerifier.create(answer).expectNextCount(1).expectComplete().verify(LIMIT);
			assertThat(GuardedContext.calls(context, "openai:gpt-4.1").succeeded()).isEqualTo(1);
			StepVerifier.create(call(context, (invocation) -> Mono.error(GuardedContext.unavailable())))
				.expectError()
				.verify(LIMIT);
			assertThat(GuardedContext.calls(context, "openai:gpt-4.1").failed()).isEqualTo(1);
		});
	}

	@Test
	void rejectionIsAnError() {
		GuardedContext.runner().run((context) -> {
			GuardedContext.open(context, "openai", "gpt-4.1");
			StepVerifier.create(call(context, (invocation) -> Mono.just("never")))
				.expectError(LlmCallRejectedException.class)
				.verify(LIMIT);
		});
	}

	@Test
	void fallbackMethodHasTheExceptionAfterTheParametersThatAreWrittenDown() {
		FallbackMethods methods = FallbackMethods.find(ASK, Compiled.class, "instead");
		Method method = methods.forError(new IllegalStateException());
		assertThat(method).isNotNull();
		assertThat(method.getParameterTypes()).containsExactly(String.class, Throwable.class, Continuation.class);
	}

	private static Publisher<?> call(AssertableApplicationContext context, MethodInterceptor function) {
		GuardSpec spec = GuardSpec.find(ASK, Compiled.class);
		GuardedMethod method = new GuardedMethodResolver(context.getBean(MethodGuards.class),
				(ConfigurableBeanFactory) context.getAutowireCapableBeanFactory())
			.resolve(ASK, Compiled.class, spec);
		Compiled target = new Compiled();
		try {
			return (Publisher<?>) method.style()
				.run(GuardedCall.of(method, new Invocation(target, new Object[] { "hi", null }, function)));
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Looks like what the Kotlin compiler makes of suspending functions.
	 */
	@Metadata
	static class Compiled {

		@LlmGuarded(provider = "openai", model = "gpt-4.1")
		public Object ask(String prompt, Continuation<? super String> continuation) {
			return prompt;
		}

		Object instead(String prompt, Throwable failure, Continuation<? super String> continuation) {
			return prompt;
		}

	}

	private static final class Invocation extends ReflectiveMethodInvocation {

		Invocation(Object target, Object[] arguments, MethodInterceptor function) {
			super(target, target, ASK, arguments, target.getClass(), List.of(function));
		}

	}

}
