// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.LlmGuarded;
import io.github.llmbreaker.breaker.BreakerSnapshot;
import io.github.llmbreaker.provider.AnswerHead;
import io.github.llmbreaker.provider.BodyObserver;
import io.github.llmbreaker.provider.ErrorAnswer;
import io.github.llmbreaker.provider.LlmDialect;
import io.github.llmbreaker.provider.LlmOperation;
import org.junit.jupiter.api.Test;

import org.springframework.context.ApplicationContext;
import org.springframework.web.client.RestClientResponseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of guarded methods whose exceptions nobody can judge, because the dialect itself
 * fails.
 */
class UnjudgedFailureTests {

	private static final String NAME = "mine:model";

	@Test
	void callerGetsWhatTheMethodHasThrownAndThePlaceIsGivenBack() {
		run((context, bean) -> {
			for (int i = 1; i <= 3; i++) {
				assertThatThrownBy(bean::ask).isSameAs(bean.failure());
				assertNeutral(context, i);
			}
		});
	}

	@Test
	void callerOfAMethodWithAFallbackGetsItToo() {
		run((context, bean) -> {
			for (int i = 1; i <= 3; i++) {
				assertThatThrownBy(bean::askOrElse).isSameAs(bean.failure());
				assertNeutral(context, i);
			}
		});
	}

	@Test
	void callerOfAStageGetsItToo() {
		run((context, bean) -> {
			for (int i = 1; i <= 3; i++) {
				assertThat(bean.later()).failsWithin(Duration.ofSeconds(10))
					.withThrowableOfType(ExecutionException.class)
					.havingCause()
					.isSameAs(bean.failure());
				assertNeutral(context, i);
			}
		});
	}

	private static void assertNeutral(ApplicationContext context, int times) {
		assertThat(GuardedContext.calls(context, NAME)).isEqualTo(new BreakerSnapshot.Calls(0, 0, times, 0, 0));
	}

	private static void run(BiConsumer<ApplicationContext, Bean> test) {
		GuardedContext.runner(Bean.class)
			.withBean("throwing", LlmDialect.class, ThrowingDialect::new)
			.withPropertyValues("llm-breaker.providers.mine.dialect=throwing",
					"llm-breaker.providers.mine.base-urls=http://127.0.0.1:1/v1")
			.run((context) -> {
				GuardedContext.open(context, "mine", "model");
				context.getBean(LlmBreakers.class).find(NAME).orElseThrow().halfOpen();
				test.accept(context, context.getBean(Bean.class));
			});
	}

	static class Bean {

		private static final RestClientResponseException FAILURE = GuardedContext.unavailable();

		RestClientResponseException failure() {
			return FAILURE;
		}

		@LlmGuarded(provider = "mine", model = "model")
		public String ask() {
			throw FAILURE;
		}

		@LlmGuarded(provider = "mine", model = "model", fallbackMethod = "instead")
		public String askOrElse() {
			throw FAILURE;
		}

		String instead() {
			return "instead";
		}

		@LlmGuarded(provider = "mine", model = "model")
		public CompletableFuture<String> later() {
			return CompletableFuture.failedFuture(FAILURE);
		}

	}

	/**
	 * A dialect that understands nothing.
	 */
	static class ThrowingDialect implements LlmDialect {

		@Override
		public String id() {
			return "throwing";
		}

		@Override
		public LlmOperation operation(String path) {
			throw new IllegalStateException("operation");
		}

		@Override
		public CallOutcome classify(ErrorAnswer answer) {
			throw new IllegalStateException("classify");
		}

		@Override
		public BodyObserver observe(AnswerHead head) {
			throw new IllegalStateException("observe");
		}

	}

}
