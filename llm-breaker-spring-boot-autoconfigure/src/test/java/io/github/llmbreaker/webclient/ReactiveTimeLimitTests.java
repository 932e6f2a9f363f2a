// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.TimeoutPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.PublisherProbe;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the time limits of {@link ReactiveLlmBreakers}, in virtual time.
 */
class ReactiveTimeLimitTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final LlmTarget TARGET = new LlmTarget("openai", "chat.completions", "m");

	private final GuardedWebClient guarded = new GuardedWebClient().clock(ReactiveTimeLimitTests::now,
			Schedulers.parallel());

	@AfterEach
	void stop() {
		this.guarded.close();
	}

	@Test
	void answerHasToComeWithinTheResponseTimeout() {
		limits(10, 5, null, null);
		PublisherProbe<Integer> probe = PublisherProbe.of(Mono.never());
		StepVerifier.withVirtualTime(() -> breakers().mono(TARGET, probe::mono))
			.expectSubscription()
			.expectNoEvent(Duration.ofSeconds(9))
			.thenAwait(Duration.ofSeconds(1))
			.expectErrorSatisfies((error) -> assertTimeout(error, "response-timeout of 10000 ms"))
			.verify(PATIENCE);
		probe.assertWasCancelled();
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.TIMEOUT);
	}

	@Test
	void firstItemHasToComeWithinTheFirstTokenTimeout() {
		limits(10, 20, null, null);
		PublisherProbe<Integer> probe = PublisherProbe.of(Flux.never());
		StepVerifier.withVirtualTime(() -> breakers().flux(TARGET, probe::flux))
			.expectSubscription()
			.expectNoEvent(Duration.ofSeconds(19))
			.thenAwait(Duration.ofSeconds(1))
			.expectErrorSatisfies((error) -> assertTimeout(error, "first-token-timeout of 20000 ms"))
			.verify(PATIENCE);
		probe.assertWasCancelled();
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.TIMEOUT);
	}

	@Test
	void firstItemOfAStreamHasToComeWithinTheResponseTimeoutIfThatIsAll() {
		limits(10, null, null, null);
		StepVerifier.withVirtualTime(() -> breakers().flux(TARGET, Flux::never))
			.thenAwait(Duration.ofSeconds(10))
			.expectErrorSatisfies((error) -> assertTimeout(error, "response-timeout of 10000 ms"))
			.verify(PATIENCE);
	}

	@Test
	void itemsHaveToFollowWithinTheIdleTimeout() {
		limits(null, 60, 5, null);
		TestPublisher<Integer> source = TestPublisher.create();
		StepVerifier.withVirtualTime(() -> breakers().flux(TARGET, source::flux))
			.expectSubscription()
			.expectNoEvent(Duration.ofSeconds(50))
			.then(() -> source.next(1))
			.expectNext(1)
			.expectNoEvent(Duration.ofSeconds(4))
			.thenAwait(Duration.ofSeconds(1))
			.expectErrorSatisfies((error) -> assertTimeout(error, "idle-timeout of 5000 ms"))
			.verify(PATIENCE);
		source.assertCancelled();
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.TIMEOUT);
	}

	@Test
	void subscriberThatAsksForNothingMoreIsNotTimedOut() {
		limits(null, null, 5, null);
		TestPublisher<Integer> source = TestPublisher.create();
		StepVerifier.withVirtualTime(() -> breakers().flux(TARGET, source::flux), 1)
			.expectSubscription()
			.then(() -> source.next(1))
			.expectNext(1)
			.expectNoEvent(Duration.ofSeconds(60))
			.thenRequest(1)
			.expectNoEvent(Duration.ofSeconds(4))
			.thenAwait(Duration.ofSeconds(1))
			.expectError(TimeoutException.class)
			.verify(PATIENCE);
	}

	@Test
	void steadyStreamIsHealthy() {
		limits(null, 6, 5, null);
		StepVerifier.withVirtualTime(() -> breakers().flux(TARGET, () -> Flux.interval(Duration.ofSeconds(2)).take(50)))
			.thenAwait(Duration.ofSeconds(100))
			.expectNextCount(50)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SUCCESS);
	}

	@Test
	void everythingHasToBeThereWithinTheTotalTimeout() {
		limits(null, null, null, 30);
		StepVerifier.withVirtualTime(() -> breakers().flux(TARGET, () -> Flux.interval(Duration.ofSeconds(9))))
			.thenAwait(Duration.ofSeconds(30))
			.expectNextCount(3)
			.expectErrorSatisfies((error) -> assertTimeout(error, "total-timeout of 30000 ms"))
			.verify(PATIENCE);
		StepVerifier.withVirtualTime(() -> breakers().mono(TARGET, Mono::never))
			.thenAwait(Duration.ofSeconds(30))
			.expectErrorSatisfies((error) -> assertTimeout(error, "total-timeout of 30000 ms"))
			.verify(PATIENCE);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.TIMEOUT, OutcomeKind.TIMEOUT);
	}

	@Test
	void timeLimitInvolvesNoErrorAfterTheEnd() {
		limits(10, 10, 10, 30);
		StepVerifier.withVirtualTime(() -> breakers().flux(TARGET, () -> Flux.just(1, 2)).concatWith(Mono.never()))
			.expectNext(1, 2)
			.thenAwait(Duration.ofSeconds(100))
			.thenCancel()
			.verify(PATIENCE);
		StepVerifier.withVirtualTime(() -> breakers().mono(TARGET, () -> Mono.just(1)).concatWith(Mono.never()))
			.expectNext(1)
			.thenAwait(Duration.ofSeconds(100))
			.thenCancel()
			.verify(PATIENCE);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SUCCESS, OutcomeKind.SUCCESS);
	}

	@Test
	void timeLimitHoldsForAStreamThatIsHeldBack() {
		this.guarded.retries(1).buffered();
		limits(null, null, 5, null);
		TestPublisher<Integer> source = TestPublisher.create();
		StepVerifier.withVirtualTime(() -> breakers().flux(TARGET, source::flux), 0)
			.then(() -> source.next(1, 2))
			.thenAwait(Duration.ofSeconds(5))
			.thenRequest(9)
			.expectNext(1, 2)
			.expectError(TimeoutException.class)
			.verify(PATIENCE);
	}

	private static long now() {
		return VirtualTimeScheduler.isFactoryEnabled() ? VirtualTimeScheduler.get().now(TimeUnit.NANOSECONDS) : 0;
	}

	private ReactiveLlmBreakers breakers() {
		return this.guarded.reactiveBreakers();
	}

	private void assertTimeout(Throwable error, String limit) {
		assertThat(error).isInstanceOf(TimeoutException.class).hasMessage("Call to 'openai:m' exceeded its " + limit);
		assertThat(this.guarded.outcome().countsAsFailure()).isTrue();
	}

	private void limits(@Nullable Integer response, @Nullable Integer firstToken, @Nullable Integer idle,
			@Nullable Integer total) {
		this.guarded.timeouts(new TimeoutPolicy(seconds(response), seconds(firstToken), seconds(idle), seconds(total)));
	}

	private static @Nullable Duration seconds(@Nullable Integer seconds) {
		return (seconds != null) ? Duration.ofSeconds(seconds) : null;
	}

}
