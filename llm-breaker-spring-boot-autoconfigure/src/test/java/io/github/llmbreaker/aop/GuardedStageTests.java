// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmGuarded;
import io.github.llmbreaker.breaker.VirtualTime;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of guarded methods that return a stage.
 */
class GuardedStageTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final String GPT = "openai:gpt-4.1";

	@Test
	void outcomeIsThatOfTheCompletion() {
		GuardedContext.runner(Async.class).run((context) -> {
			Async bean = context.getBean(Async.class);
			CompletableFuture<String> answer = bean.ask("gpt-4.1");
			assertThat(GuardedContext.calls(context, GPT).succeeded()).isZero();
			next(bean).complete("hi");
			assertThat(answer).isCompletedWithValue("hi");
			assertThat(GuardedContext.calls(context, GPT).succeeded()).isEqualTo(1);
			Exception failure = GuardedContext.unavailable();
			answer = bean.ask("gpt-4.1");
			next(bean).completeExceptionally(failure);
			assertThat(answer).failsWithin(LIMIT)
				.withThrowableOfType(ExecutionException.class)
				.havingCause()
				.isSameAs(failure);
			assertThat(GuardedContext.calls(context, GPT).failed()).isEqualTo(1);
		});
	}

	@Test
	void rejectionAndThrownExceptionsComeThroughTheStage() {
		GuardedContext.runner(Async.class).run((context) -> {
			Async bean = context.getBean(Async.class);
			assertThat(bean.broken().toCompletableFuture()).failsWithin(LIMIT)
				.withThrowableOfType(ExecutionException.class)
				.withCauseInstanceOf(IOException.class);
			GuardedContext.open(context, "openai", "gpt-4.1");
			assertThat(bean.ask("gpt-4.1")).failsWithin(LIMIT)
				.withThrowableOfType(ExecutionException.class)
				.withCauseInstanceOf(LlmCallRejectedException.class);
			assertThat(GuardedContext.behind(bean).running).isEmpty();
		});
	}

	@Test
	@DisplayName("a cancel is neutral, gives the half-open place back and reaches the method's future")
	void cancelIsNeutral() {
		GuardedContext.runner(Async.class).run((context) -> {
			Async bean = context.getBean(Async.class);
			halfOpen(context);
			CompletableFuture<String> answer = bean.ask("gpt-4.1");
			answer.cancel(true);
			assertThat(next(bean)).isCancelled();
			assertThat(GuardedContext.calls(context, GPT).neutral()).isEqualTo(1);
			answer = bean.ask("gpt-4.1");
			next(bean).complete("probe");
			assertThat(answer).isCompletedWithValue("probe");
			assertThat(GuardedContext.state(context, GPT)).isEqualTo(BreakerState.CLOSED);
		});
	}

	@Test
	@DisplayName("a caller that gives up after 30 seconds without an answer has seen a timeout")
	void giveUpAfterLongSilenceIsATimeout() {
		GuardedContext.runner(Async.class).run((context) -> {
			Async bean = context.getBean(Async.class);
			CompletableFuture<String> answer = bean.ask("gpt-4.1");
			context.getBean(VirtualTime.class).advanceSeconds(60);
			answer.completeExceptionally(new TimeoutException());
			assertThat(GuardedContext.calls(context, GPT).failed()).isEqualTo(1);
		});
	}

	@Test
	void fallbackModelThenMethod() {
		GuardedContext.runner(Async.class)
			.withPropertyValues("llm-breaker.defaults.failure-threshold=9")
			.run((context) -> {
				Async bean = context.getBean(Async.class);
				CompletionStage<String> answer = bean.askWithFallback("gpt-4.1");
				next(bean).completeExceptionally(GuardedContext.unavailable());
				assertThat(GuardedContext.behind(bean).models).containsExactly("gpt-4.1", "mini");
				next(bean).complete("from mini");
				assertThat(answer.toCompletableFuture()).isCompletedWithValue("from mini");
				answer = bean.askWithFallback("gpt-4.1");
				next(bean).completeExceptionally(GuardedContext.unavailable());
				next(bean).completeExceptionally(GuardedContext.unavailable());
				assertThat(answer.toCompletableFuture()).isCompletedWithValue("instead of gpt-4.1");
				answer = bean.askWithFallback("gpt-4.1");
				next(bean).completeExceptionally(new IllegalArgumentException());
				assertThat(answer.toCompletableFuture()).isCompletedExceptionally();
			});
	}

	@Test
	void retriesAreScheduled() {
		GuardedContext.runner(Async.class)
			.withPropertyValues("llm-breaker.defaults.retry.max-retries=1", "llm-breaker.defaults.retry.backoff=1ms")
			.run((context) -> {
				Async bean = context.getBean(Async.class);
				GuardedContext.behind(bean).failFirst = true;
				Future<String> answer = bean.flaky();
				assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("second");
			});
	}

	@Test
	void stageThatIsNotCompleteInTimeFailsAndIsCancelled() {
		for (String limit : List.of("response-timeout", "total-timeout")) {
			GuardedContext.runner(Async.class)
				.withPropertyValues("llm-breaker.defaults." + limit + "=20ms")
				.run((context) -> {
					Async bean = context.getBean(Async.class);
					CompletableFuture<String> answer = bean.ask("gpt-4.1");
					CompletableFuture<String> source = next(bean);
					assertThat(answer).failsWithin(LIMIT)
						.withThrowableOfType(ExecutionException.class)
						.havingCause()
						.isInstanceOf(TimeoutException.class)
						.withMessage("Call to 'openai:gpt-4.1' exceeded its " + limit + " of 20 ms");
					assertThat(source).isCancelled();
					assertThat(GuardedContext.calls(context, GPT).failed()).isEqualTo(1);
				});
		}
	}

	@Test
	void stageThatIsCompleteInTimeIsNotTouched() {
		GuardedContext.runner(Async.class)
			.withPropertyValues("llm-breaker.defaults.response-timeout=1h", "llm-breaker.defaults.total-timeout=1h")
			.run((context) -> {
				Async bean = context.getBean(Async.class);
				CompletableFuture<String> answer = bean.ask("gpt-4.1");
				next(bean).complete("hi");
				assertThat(answer).isCompletedWithValue("hi");
				answer = bean.ask("gpt-4.1");
				answer.cancel(true);
				assertThat(next(bean)).isCancelled();
				assertThat(GuardedContext.calls(context, GPT).succeeded()).isEqualTo(1);
				assertThat(GuardedContext.calls(context, GPT).neutral()).isEqualTo(1);
			});
	}

	@Test
	void stageThatIsNotCompleteInTimeIsAnsweredByTheFallbackModel() {
		GuardedContext.runner(Async.class)
			.withPropertyValues("llm-breaker.policies.slow.models=gpt-4.1",
					"llm-breaker.policies.slow.response-timeout=20ms")
			.run((context) -> {
				Async bean = context.getBean(Async.class);
				Async target = GuardedContext.behind(bean);
				target.instant = "mini";
				assertThat(bean.askWithFallback("gpt-4.1").toCompletableFuture()).succeedsWithin(LIMIT)
					.isEqualTo("mini");
				assertThat(target.models).containsExactly("gpt-4.1", "mini");
				assertThat(GuardedContext.calls(context, GPT).failed()).isEqualTo(1);
			});
	}

	@Test
	void methodThatReturnsNothingReturnsNothingAndGivesItsPlaceBack() {
		GuardedContext.runner(Async.class).run((context) -> {
			Async bean = context.getBean(Async.class);
			halfOpen(context);
			assertThat(bean.nothing()).isNull();
			assertThat(GuardedContext.calls(context, GPT).neutral()).isEqualTo(1);
			assertThat(GuardedContext.calls(context, GPT).succeeded()).isZero();
			assertThat(bean.nothing()).isNull();
		});
	}

	@Test
	void futureThatNobodyIsToldTheEndOfIsHandedOutAsItIs() {
		GuardedContext.runner(Async.class).run((context) -> {
			Async bean = context.getBean(Async.class);
			halfOpen(context);
			Future<String> answer = bean.plain();
			assertThat(answer).isInstanceOf(FutureTask.class);
			((FutureTask<String>) answer).run();
			assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("plain");
			assertThat(GuardedContext.calls(context, GPT).neutral()).isEqualTo(1);
		});
	}

	@Test
	void stageThatCannotBeWatchedIsHandedOutAsItIs() {
		GuardedContext.runner(Async.class).run((context) -> {
			Async bean = context.getBean(Async.class);
			halfOpen(context);
			assertThat(bean.unwatchable()).isInstanceOf(UnwatchableFuture.class);
			assertThat(GuardedContext.calls(context, GPT).neutral()).isEqualTo(1);
		});
	}

	@Test
	void errorsComeThroughTheStageAndGiveThePlaceBack() {
		GuardedContext.runner(Async.class).run((context) -> {
			Async bean = context.getBean(Async.class);
			halfOpen(context);
			for (int i = 0; i < 2; i++) {
				assertThat(bean.bug()).failsWithin(LIMIT)
					.withThrowableOfType(ExecutionException.class)
					.withCauseInstanceOf(AssertionError.class);
			}
			assertThat(GuardedContext.calls(context, GPT).neutral()).isEqualTo(2);
		});
	}

	private static void halfOpen(ApplicationContext context) {
		GuardedContext.open(context, "openai", "gpt-4.1");
		context.getBean(LlmBreakers.class).find(GPT).orElseThrow().halfOpen();
	}

	private static CompletableFuture<String> next(Async bean) {
		return GuardedContext.behind(bean).running.remove(0);
	}

	/**
	 * A stage that tells nobody when it ends.
	 */
	static class UnwatchableFuture extends CompletableFuture<String> {

		@Override
		public CompletableFuture<String> whenComplete(BiConsumer<? super String, ? super Throwable> action) {
			throw new UnsupportedOperationException();
		}

	}

	static class Async {

		final List<CompletableFuture<String>> running = new ArrayList<>();

		final List<String> models = new CopyOnWriteArrayList<>();

		volatile boolean failFirst;

		volatile String instant;

		@LlmGuarded(provider = "openai", model = "#model")
		public CompletableFuture<String> ask(String model) {
			this.models.add(model);
			if (model.equals(this.instant)) {
				return CompletableFuture.completedFuture(model);
			}
			CompletableFuture<String> answer = new CompletableFuture<>();
			this.running.add(answer);
			return answer;
		}

		@LlmGuarded(provider = "openai", model = "#model", fallbackModels = "mini", fallbackMethod = "instead")
		public CompletionStage<String> askWithFallback(String model) {
			return ask(model);
		}

		CompletionStage<String> instead(String model) {
			return CompletableFuture.completedFuture("instead of " + model);
		}

		@LlmGuarded(provider = "openai", model = "gpt-4.1")
		public CompletableFuture<String> nothing() {
			return null;
		}

		@LlmGuarded(provider = "openai", model = "gpt-4.1")
		public Future<String> plain() {
			return new FutureTask<>(() -> "plain");
		}

		@LlmGuarded(provider = "openai", model = "gpt-4.1")
		public CompletionStage<String> unwatchable() {
			return new UnwatchableFuture();
		}

		@LlmGuarded(provider = "openai", model = "gpt-4.1")
		public CompletableFuture<String> bug() {
			throw new AssertionError("a bug");
		}

		@LlmGuarded(provider = "openai", model = "other")
		public CompletionStage<String> broken() throws IOException {
			throw new IOException("reset");
		}

		@LlmGuarded(provider = "openai", model = "gpt-4.1")
		public Future<String> flaky() {
			if (this.failFirst) {
				this.failFirst = false;
				return CompletableFuture.failedFuture(GuardedContext.unavailable());
			}
			return CompletableFuture.completedFuture("second");
		}

	}

}
