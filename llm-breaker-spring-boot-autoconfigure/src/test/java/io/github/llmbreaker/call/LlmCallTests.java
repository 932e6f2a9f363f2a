// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.breaker.BreakerListener;
import io.github.llmbreaker.breaker.BreakerMode;
import io.github.llmbreaker.breaker.BreakerPolicy;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.BreakerSettings;
import io.github.llmbreaker.breaker.CallPolicy;
import io.github.llmbreaker.breaker.CooldownPolicy;
import io.github.llmbreaker.breaker.FallbackModel;
import io.github.llmbreaker.breaker.HalfOpenPolicy;
import io.github.llmbreaker.breaker.Isolation;
import io.github.llmbreaker.breaker.OpeningPolicy;
import io.github.llmbreaker.breaker.RetryPolicy;
import io.github.llmbreaker.breaker.StreamRecovery;
import io.github.llmbreaker.breaker.TestPolicies;
import io.github.llmbreaker.breaker.TimeoutPolicy;
import io.github.llmbreaker.provider.LlmProviders;
import io.github.llmbreaker.provider.thrown.ClientFailures;
import io.github.llmbreaker.provider.thrown.TransportFailures;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LlmCall}.
 */
class LlmCallTests {

	private static final LlmTarget PRIMARY = new LlmTarget("p", "chat", "a");

	private static final Duration FOREVER = Duration.ofDays(400_000);

	private final AtomicLong now = new AtomicLong();

	private BreakerMode mode = BreakerMode.ENFORCE;

	private int maxRetries;

	private Duration backoff = Duration.ofMillis(500);

	private Duration maxRetryAfter = Duration.ofSeconds(10);

	private double budget = 20;

	private @Nullable Duration total;

	private Reach reach = Reach.EVERYWHERE;

	private double random = 0.5;

	@Test
	void whenProviderScopeFailureThenSkipsSiblings() {
		Driven call = call("b", "q:c");
		Next next = call.fail(outcome(OutcomeKind.AUTH, OutcomeScope.PROVIDER), new IOException("401"));
		assertThat(next.action()).isEqualTo(Next.Action.RUN);
		assertThat(next.requiredAttempt().target()).isEqualTo(new LlmTarget("q", "chat", "c"));
	}

	@Test
	void whenQuotaExhaustedThenSkipsSiblings() {
		Driven call = call("b", "q:c");
		Next next = call.fail(outcome(OutcomeKind.QUOTA_EXHAUSTED, OutcomeScope.PROVIDER), new IOException("402"));
		assertThat(next.requiredAttempt().target().provider()).isEqualTo("q");
	}

	@ParameterizedTest
	@EnumSource(names = { "RATE_LIMITED", "TIMEOUT", "OVERLOADED", "SERVER_ERROR", "STREAM_ERROR" })
	void whenModelScopeFailureThenTriesSibling(OutcomeKind kind) {
		Next next = call("b", "q:c").fail(outcome(kind, OutcomeScope.MODEL), new IOException());
		assertThat(next.requiredAttempt().target()).isEqualTo(new LlmTarget("p", "chat", "b"));
	}

	@ParameterizedTest
	@EnumSource(names = { "MODEL_NOT_FOUND", "CONTEXT_LENGTH" })
	void whenAnotherModelCanHelpThenReroutes(OutcomeKind kind) {
		this.maxRetries = 3;
		Next next = call("b").fail(outcome(kind, OutcomeScope.NONE), new IOException());
		assertThat(next.action()).isEqualTo(Next.Action.RUN);
	}

	@ParameterizedTest
	@EnumSource(names = { "CLIENT_ERROR", "CONTENT_FILTERED", "CANCELLED" })
	void whenCallerCausedItThenFails(OutcomeKind kind) {
		this.maxRetries = 3;
		IOException error = new IOException();
		Next next = call("b").fail(outcome(kind, OutcomeScope.NONE), error);
		assertThat(next.action()).isEqualTo(Next.Action.FAIL);
		assertThat(next.requiredError()).isSameAs(error).hasNoSuppressedExceptions();
	}

	@ParameterizedTest
	@MethodSource("networkFailures")
	void whenNetworkFailsThenTriesAnotherProvider(Throwable failure) {
		Next next = call("q:c").fail(judged(TransportFailures.classify(failure, null)), failure);
		assertThat(next.action()).isEqualTo(Next.Action.RUN);
	}

	static Stream<Throwable> networkFailures() {
		return Stream.of(new ConnectException("Connection refused"), new NoRouteToHostException("No route to host"),
				new SocketException("Network is unreachable"), new UnknownHostException("api.example.com"),
				new SocketTimeoutException("Connect timed out"), new SocketException("Connection reset"),
				new TimeoutException("aborted"), new RuntimeException(new TimeoutException("aborted")));
	}

	private static CallOutcome judged(CallOutcome outcome) {
		return new CallOutcome(outcome.kind(), outcome.scope(), outcome.scope() != OutcomeScope.NONE,
				outcome.retryAfter(), outcome.status());
	}

	@Test
	void whenFallbackHasNoPolicyThenIsTried() {
		Next next = call("never-heard-of").fail(outcome(OutcomeKind.OVERLOADED, OutcomeScope.MODEL), new IOException());
		assertThat(next.requiredAttempt().target().model()).isEqualTo("never-heard-of");
	}

	@Test
	void whenModelHasControlCharactersThenMessageHasNone() {
		Driven call = call("b\u0000\u001b[31m\nd");
		IOException first = new IOException();
		call.fail(outcome(OutcomeKind.OVERLOADED, OutcomeScope.MODEL), first);
		call.fail(outcome(OutcomeKind.MODEL_NOT_FOUND, OutcomeScope.NONE), new IOException());
		assertThat(first.getSuppressed()[0]).hasMessage("p:b[31md failed with MODEL_NOT_FOUND (HTTP 500)");
	}

	@Test
	void whenFallbackIsTheTargetItselfThenSkipsIt() {
		Next next = call("a", "q:c").fail(outcome(OutcomeKind.OVERLOADED, OutcomeScope.MODEL), new IOException());
		assertThat(next.requiredAttempt().target().provider()).isEqualTo("q");
	}

	@Test
	void whenAllFailedThenFirstRealErrorNamesTheOthers() {
		BreakerRegistry registry = registry("b", "q:c");
		registry.gate(PRIMARY);
		registry.find("p:a").orElseThrow().forceOpen(null);
		Driven call = call(registry);
		IOException first = new IOException("first");
		call.fail(outcome(OutcomeKind.OVERLOADED, OutcomeScope.MODEL), first);
		Next next = call.fail(outcome(OutcomeKind.CLIENT_ERROR, OutcomeScope.NONE), new IOException("400"));
		assertThat(next.requiredError()).isSameAs(first);
		assertThat(Arrays.stream(first.getSuppressed()).map(Throwable::getMessage)).containsExactly("p:a was rejected",
				"q:c failed with CLIENT_ERROR (HTTP 500)");
	}

	@Test
	void whenEverythingWasRejectedThenFirstRejectionIsThrown() {
		BreakerRegistry registry = registry();
		registry.gate(PRIMARY);
		registry.find("p").orElseThrow().forceOpen(null);
		LlmCall call = LlmCall.of(guard(registry), registry.gate(PRIMARY), this.reach, null);
		assertThat(call.begin().requiredError()).isInstanceOf(LlmCallRejectedException.class);
		assertThat(call.isAnswerable()).isTrue();
	}

	@Test
	void whenRejectedInsideThenLeavesTheTarget() {
		Driven call = call("q:c");
		LlmCallRejectedException inside = new LlmCallRejectedException("p:a", PRIMARY, BreakerState.OPEN,
				OutcomeKind.OVERLOADED, Duration.ofSeconds(1));
		Next next = call.fail(outcome(OutcomeKind.CLIENT_ERROR, OutcomeScope.NONE), new CompletionException(inside));
		assertThat(next.requiredAttempt().target().provider()).isEqualTo("q");
	}

	@Test
	void whenSentForGoodThenNothingComesAfter() {
		this.maxRetries = 2;
		Driven call = call("q:c");
		call.call.sentForGood();
		assertThat(call.fail(outcome(OutcomeKind.OVERLOADED, OutcomeScope.MODEL), new IOException()).action())
			.isEqualTo(Next.Action.FAIL);
	}

	@Test
	void whenFallbackIsOpenThenSkipsIt() {
		BreakerRegistry registry = registry("b", "q:c");
		registry.gate(new LlmTarget("p", "chat", "b"));
		registry.find("p:b").orElseThrow().forceOpen(null);
		Next next = call(registry).fail(outcome(OutcomeKind.OVERLOADED, OutcomeScope.MODEL), new IOException());
		assertThat(next.requiredAttempt().target().provider()).isEqualTo("q");
	}

	@Test
	void whenFallbackCannotBeReachedThenSkipsIt() {
		this.reach = (target) -> !target.provider().equals("q");
		Next next = call("q:c", "b").fail(outcome(OutcomeKind.OVERLOADED, OutcomeScope.MODEL), new IOException());
		assertThat(next.requiredAttempt().target().model()).isEqualTo("b");
	}

	@Test
	void whenObservingThenNothingIsRerouted() {
		this.mode = BreakerMode.OBSERVE;
		Next next = call("b").fail(outcome(OutcomeKind.OVERLOADED, OutcomeScope.MODEL), new IOException());
		assertThat(next.action()).isEqualTo(Next.Action.FAIL);
	}

	@Test
	void whenRetriesAreLeftThenRetriesWithDoubledWait() {
		this.maxRetries = 2;
		Driven call = call("b");
		CallOutcome overloaded = outcome(OutcomeKind.OVERLOADED, OutcomeScope.MODEL);
		assertThat(call.fail(overloaded, new IOException())).isEqualTo(Next.retry(Duration.ofMillis(500)));
		assertThat(call.fail(overloaded, new IOException()).delay()).isEqualTo(Duration.ofSeconds(1));
		assertThat(call.fail(overloaded, new IOException()).action()).isEqualTo(Next.Action.RUN);
		assertThat(call.fail(overloaded, new IOException()).action()).isEqualTo(Next.Action.RETRY);
	}

	@Test
	void whenProviderAsksForMoreThenWaitsThatLong() {
		this.maxRetries = 1;
		Next next = call().fail(limited(Duration.ofSeconds(10)), new IOException());
		assertThat(next.delay()).isEqualTo(Duration.ofSeconds(10));
	}

	@Test
	void whenProviderAsksForTooMuchThenDoesNotRetry() {
		this.maxRetries = 1;
		Next next = call("b").fail(limited(Duration.ofMillis(10_001)), new IOException());
		assertThat(next.action()).isEqualTo(Next.Action.RUN);
	}

	@Test
	void whenKindIsNotRetriedThenFallsBack() {
		this.maxRetries = 1;
		Next next = call("b").fail(outcome(OutcomeKind.TIMEOUT, OutcomeScope.MODEL), new IOException());
		assertThat(next.action()).isEqualTo(Next.Action.RUN);
	}

	@Test
	void whenBreakerIsOpenThenDoesNotRetry() {
		this.maxRetries = 1;
		BreakerRegistry registry = registry();
		Driven call = call(registry);
		registry.find("p:a").orElseThrow().forceOpen(null);
		assertThat(call.fail(outcome(OutcomeKind.OVERLOADED, OutcomeScope.MODEL), new IOException()).action())
			.isEqualTo(Next.Action.FAIL);
	}

	@Test
	void whenJitterIsAtItsEdgesThenWaitVariesByThatShare() {
		this.maxRetries = 1;
		CallOutcome overloaded = outcome(OutcomeKind.OVERLOADED, OutcomeScope.MODEL);
		this.random = 0;
		assertThat(call().fail(overloaded, new IOException()).delay()).isEqualTo(Duration.ofMillis(250));
		this.random = 1;
		assertThat(call().fail(overloaded, new IOException()).delay()).isEqualTo(Duration.ofMillis(750));
	}

	@Test
	void whenWaitWouldExceedTotalTimeThenFallsBackAndThenFails() {
		this.maxRetries = 5;
		this.total = Duration.ofSeconds(2);
		Driven call = call("b", "q:c");
		assertThat(call.fail(limited(Duration.ofSeconds(3)), new IOException()).action()).isEqualTo(Next.Action.RUN);
		this.now.addAndGet(Duration.ofSeconds(2).toNanos());
		assertThat(call.fail(limited(null), new IOException()).action()).isEqualTo(Next.Action.FAIL);
	}

	@Test
	void whenWaitsAreLongerThanAnyoneLivesThenTheyAreFinite() {
		this.maxRetries = 1;
		this.backoff = FOREVER;
		this.maxRetryAfter = FOREVER;
		this.total = FOREVER;
		assertThat(call().fail(limited(FOREVER), new IOException()).delay()).isGreaterThan(Duration.ofDays(365 * 50))
			.isLessThan(Duration.ofNanos(Long.MAX_VALUE / 2));
		assertThat(call().fail(limited(null), new IOException()).delay()).isGreaterThan(Duration.ofDays(365 * 20))
			.isLessThan(Duration.ofNanos(Long.MAX_VALUE / 2));
	}

	@Test
	void whenTheSameExceptionIsThrownAgainAndAgainThenItCollectsNothing() {
		IOException reused = new IOException("always the same");
		IOException other = new IOException("another one");
		for (int i = 0; i < 100; i++) {
			assertThat(failTwice(reused, reused)).isSameAs(reused);
			assertThat(failTwice(reused, other)).isSameAs(reused);
		}
		assertThat(reused.getSuppressed()).extracting(Throwable::getMessage)
			.containsExactly("p:b failed with OVERLOADED (HTTP 500)", "p:b failed with OVERLOADED (HTTP 500)");
		assertThat(reused.getSuppressed()).extracting(Throwable::getCause).containsExactly(null, other);
	}

	@Test
	void whenAnExceptionIsReusedThenWhatItCollectsIsBounded() {
		IOException reused = new IOException("always the same");
		for (int i = 0; i < 100; i++) {
			assertThat(failTwice(reused, new IOException("number " + i))).isSameAs(reused);
		}
		assertThat(reused.getSuppressed()).hasSize(16);
	}

	@Test
	void whenAnExceptionSuppressesNothingThenItIsThrownAsItIs() {
		RuntimeException error = new RuntimeException("no suppression", null, false, false) {
		};
		assertThat(failTwice(error, new IOException("other"))).isSameAs(error);
	}

	private Throwable failTwice(Throwable first, Throwable second) {
		Driven call = call("b");
		call.fail(outcome(OutcomeKind.OVERLOADED, OutcomeScope.MODEL), first);
		return call.fail(outcome(OutcomeKind.OVERLOADED, OutcomeScope.MODEL), second).requiredError();
	}

	@Test
	void whenAFallbackCannotEvenBeAskedForThenTheNextIsTried() {
		this.reach = (target) -> {
			if ("b".equals(target.model())) {
				throw new IllegalStateException("not this one");
			}
			return true;
		};
		Next next = call("b", "q:c").fail(outcome(OutcomeKind.OVERLOADED, OutcomeScope.MODEL), new IOException());
		assertThat(next.requiredAttempt().target().model()).isEqualTo("c");
	}

	private static CallOutcome outcome(OutcomeKind kind, OutcomeScope scope) {
		return new CallOutcome(kind, scope, scope != OutcomeScope.NONE, null, 500);
	}

	private static CallOutcome limited(@Nullable Duration hint) {
		return new CallOutcome(OutcomeKind.RATE_LIMITED, OutcomeScope.MODEL, true, hint, 429);
	}

	private Driven call(String... fallbacks) {
		return call(registry(fallbacks));
	}

	private Driven call(BreakerRegistry registry) {
		return new Driven(LlmCall.of(guard(registry), registry.gate(PRIMARY), this.reach, null));
	}

	private CallGuard guard(BreakerRegistry registry) {
		LlmProviders providers = new LlmProviders(List.of(), List.of());
		return new CallGuard(registry, providers, new ClientFailures(providers, Clock.systemUTC()), Clock.systemUTC(),
				this.now::get, () -> this.random);
	}

	private BreakerRegistry registry(String... fallbacks) {
		List<FallbackModel> models = Arrays.stream(fallbacks).map(LlmCallTests::model).toList();
		BreakerPolicy breaker = new BreakerPolicy("defaults", OpeningPolicy.THRESHOLD, 5, Duration.ofSeconds(60), 50,
				null, null, 100, new CooldownPolicy(Duration.ofSeconds(30), 1, 0, Duration.ofMinutes(5), true),
				new HalfOpenPolicy(3, Duration.ofMinutes(2)),
				EnumSet.of(OutcomeKind.OVERLOADED, OutcomeKind.RATE_LIMITED));
		RetryPolicy retry = new RetryPolicy(this.maxRetries, this.backoff, this.maxRetryAfter, 0.5, this.maxRetryAfter,
				this.budget, Set.of(OutcomeKind.OVERLOADED, OutcomeKind.RATE_LIMITED));
		CallPolicy call = new CallPolicy(breaker, new TimeoutPolicy(null, null, null, this.total), retry, models,
				StreamRecovery.NONE);
		return new BreakerRegistry(new BreakerSettings(this.mode, Isolation.MODEL, 100, TestPolicies.of(call, breaker),
				(endpoint) -> true, List.of(), List.<BreakerListener>of(), this.now::get, Clock.systemUTC()));
	}

	private static FallbackModel model(String text) {
		int colon = text.indexOf(':');
		return new FallbackModel((colon > 0) ? text.substring(0, colon) : null, text.substring(colon + 1));
	}

	/**
	 * A call all of whose attempts fail.
	 */
	private static final class Driven {

		private final LlmCall call;

		private Next next;

		Driven(LlmCall call) {
			this.call = call;
			this.next = call.begin();
		}

		Next fail(CallOutcome outcome, Throwable error) {
			Next running = (this.next.action() == Next.Action.RETRY) ? this.call.begin() : this.next;
			Attempt attempt = running.requiredAttempt();
			attempt.end(outcome);
			this.next = this.call.failed(attempt, outcome, error);
			return this.next;
		}

	}

}
