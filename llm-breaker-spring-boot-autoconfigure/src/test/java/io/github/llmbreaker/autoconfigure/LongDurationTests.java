// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmBreaker;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.BreakerListener;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.BreakerSnapshot;
import io.github.llmbreaker.breaker.GateView;
import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of durations that are longer than a number of nanoseconds can say: they mean
 * never.
 */
class LongDurationTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final String FOREVER = "400000d";

	private static final String DELTA = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi\"}}]}\n\n";

	private static final String FINISH = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
			+ "data: [DONE]\n\n";

	private final FakeLlmServer server = FakeLlmServer.start();

	private final CompletableFuture<Duration> retry = new CompletableFuture<>();

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void limitsThatAreNeverReachedDisturbNoCall() {
		this.server.always(FakeAnswer.sse(DELTA, DELTA, FINISH));
		run((registry, client) -> {
			assertThat(ask(client).collectList().block(LIMIT)).hasSize(4);
			assertThat(calls(registry)).isEqualTo(new BreakerSnapshot.Calls(1, 0, 0, 0, 0));
		});
	}

	@Test
	void callerThatLeavesHasNotWaitedLongEnough() {
		this.server.always(FakeAnswer.silence());
		run((registry, client) -> {
			CompletableFuture<Throwable> failure = new CompletableFuture<>();
			Disposable subscription = ask(client).subscribe((item) -> {
			}, failure::complete);
			this.server.takeRequest();
			subscription.dispose();
			assertThat(failure).isNotDone();
			assertThat(calls(registry)).isEqualTo(new BreakerSnapshot.Calls(0, 0, 1, 0, 0));
		});
	}

	@Test
	void retryAfterAWaitThatNeverEndsIsWaitedFor() {
		this.server.always(FakeAnswer.json(429, "{\"error\":{\"message\":\"Slow down\"}}")
			.header("Retry-After", Long.toString(Duration.ofDays(300_000).toSeconds())));
		run((registry, client) -> {
			CompletableFuture<Throwable> failure = new CompletableFuture<>();
			Disposable subscription = ask(client).subscribe((item) -> {
			}, failure::complete);
			assertThat(this.retry).succeedsWithin(LIMIT);
			subscription.dispose();
			assertThat(failure).isNotDone();
			assertThat(this.server.requestCount()).isOne();
		});
	}

	@Test
	void openBreakerTellsWhenToComeBack() {
		this.server.always(FakeAnswer.json(400, "{}"));
		run((registry, client) -> {
			TargetGate gate = registry.gate(LlmTarget.of("openai", "gpt-4.1"));
			LlmBreaker breaker = registry.find("openai:gpt-4.1").orElseThrow();
			breaker.forceOpen(Duration.ofDays(400_000));
			assertThatExceptionOfType(LlmCallRejectedException.class).isThrownBy(() -> gate.acquire(null))
				.satisfies((rejection) -> assertThat(rejection.getRetryAfter()).isPositive())
				.withMessageContaining("is forced open, retry in");
			assertThat(breaker.remainingCooldown()).isPositive();
			breaker.forceOpen(Duration.ofSeconds(Long.MAX_VALUE));
			assertThat(breaker.state()).isEqualTo(BreakerState.FORCED_OPEN);
		});
	}

	@Test
	void rejectionOfAnyLengthHasAMessage() {
		assertThat(new LlmCallRejectedException("openai", LlmTarget.of("openai", "gpt-4.1"), BreakerState.OPEN, null,
				Duration.ofDays(400_000)))
			.hasMessage("Circuit breaker 'openai' is open, retry in 34560000000.0s");
		assertThat(new LlmCallRejectedException("openai", LlmTarget.of("openai", "gpt-4.1"), BreakerState.OPEN, null,
				Duration.ofSeconds(Long.MAX_VALUE))
			.getMessage()).startsWith("Circuit breaker 'openai' is open, retry in ");
	}

	private void run(BiConsumer<BreakerRegistry, WebClient> test) {
		String defaults = "llm-breaker.defaults.";
		BreakerListener listener = new BreakerListener() {

			@Override
			public void onRetry(GateView gate, Duration delay) {
				LongDurationTests.this.retry.complete(delay);
			}

		};
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(LlmBreakerAutoConfiguration.class,
					WebClientAutoConfiguration.class, LlmBreakerWebClientAutoConfiguration.class))
			.withBean("retries", BreakerListener.class, () -> listener)
			.withPropertyValues("llm-breaker.providers.openai.base-urls=" + this.server.url() + "/v1",
					defaults + "window=" + FOREVER, defaults + "slow-call-duration=" + FOREVER,
					defaults + "cooldown=" + FOREVER, defaults + "max-cooldown=" + FOREVER,
					defaults + "half-open-timeout=" + FOREVER, defaults + "response-timeout=" + FOREVER,
					defaults + "first-token-timeout=" + FOREVER, defaults + "idle-timeout=" + FOREVER,
					defaults + "total-timeout=" + FOREVER, defaults + "retry.max-retries=1",
					defaults + "retry.backoff=" + FOREVER, defaults + "retry.max-backoff=" + FOREVER,
					defaults + "retry.max-retry-after=" + FOREVER)
			.run((context) -> test.accept(context.getBean(BreakerRegistry.class),
					context.getBean(WebClient.Builder.class).baseUrl(this.server.url()).build()));
	}

	private static Flux<String> ask(WebClient client) {
		return client.post()
			.uri("/v1/chat/completions")
			.bodyValue(Map.of("model", "gpt-4.1"))
			.retrieve()
			.bodyToFlux(String.class);
	}

	private static BreakerSnapshot.Calls calls(BreakerRegistry registry) {
		return registry.find("openai:gpt-4.1").orElseThrow().snapshot().calls();
	}

}
