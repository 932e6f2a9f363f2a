// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.alert;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.TestRegistry;
import io.github.llmbreaker.breaker.Ticker;
import io.github.llmbreaker.breaker.VirtualTime;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@link AlertBreakerListener} tells when the application stops.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class LastAlertsTests {

	private final FakeLlmServer receiver = FakeLlmServer.start().always(FakeAnswer.status(200));

	private final FakeLlmServer silent = FakeLlmServer.start().always(FakeAnswer.silence());

	@AfterEach
	void stop() {
		this.receiver.close();
		this.silent.close();
	}

	@Test
	void whatWaitsIsSentBeforeTheApplicationStops() {
		AlertBreakerListener listener = listener(this.receiver.url());
		open(listener, "one", "two");
		listener.close();
		assertThat(this.receiver.requests()).hasSize(1);
		assertThat(this.receiver.requests().get(0).text()).contains("openai:one", "openai:two");
	}

	@Test
	void whatIsToBeToldAgainLaterIsToldOnceMore() {
		this.receiver.enqueue(FakeAnswer.status(503).header("Retry-After", "40"));
		AlertBreakerListener listener = listener(this.receiver.url());
		open(listener, "one");
		this.receiver.takeRequest();
		listener.close();
		assertThat(this.receiver.requests()).hasSize(2);
	}

	@Test
	void nothingIsToldOnceItIsClosed() {
		AlertBreakerListener listener = listener(this.receiver.url());
		listener.close();
		open(listener, "one");
		listener.close();
		assertThat(this.receiver.requests()).isEmpty();
	}

	@Test
	void receiverThatNeverAnswersHoldsTheStopUpForTwoSecondsAndNobodyElse(CapturedOutput output) {
		AlertBreakerListener listener = listener(this.silent.url(), this.receiver.url());
		open(listener, "one");
		long before = Ticker.SYSTEM.nanos();
		listener.close();
		assertThat(Duration.ofNanos(Ticker.SYSTEM.nanos() - before)).isBetween(Duration.ofMillis(1900),
				Duration.ofSeconds(20));
		this.silent.takeRequest();
		this.silent.awaitDisconnect();
		assertThat(this.receiver.requests()).hasSize(1);
		assertThat(output).contains("did not take the last ones before the application stopped");
	}

	private static AlertBreakerListener listener(String... urls) {
		AlertSettings settings = new AlertSettings("shop", Set.of(BreakerState.OPEN), Duration.ofSeconds(30), null,
				false);
		List<AlertReceiver> receivers = Arrays.stream(urls)
			.map((url) -> new AlertReceiver(AlertFormat.WEBHOOK, URI.create(url)))
			.toList();
		CustomizableThreadFactory threads = new CustomizableThreadFactory("alerts-");
		threads.setDaemon(true);
		return new AlertBreakerListener(settings, receivers, Ticker.SYSTEM, threads);
	}

	private static void open(AlertBreakerListener listener, String... models) {
		BreakerRegistry registry = TestRegistry.create(new VirtualTime(), listener);
		for (String model : models) {
			TestRegistry.open(registry, LlmTarget.of("openai", model));
		}
	}

}
