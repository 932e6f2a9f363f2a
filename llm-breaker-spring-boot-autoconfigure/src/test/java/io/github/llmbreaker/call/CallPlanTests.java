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
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
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
import io.github.llmbreaker.breaker.LlmPolicies;
import io.github.llmbreaker.breaker.RetryPolicy;
import io.github.llmbreaker.breaker.StreamRecovery;
import io.github.llmbreaker.breaker.TimeoutPolicy;
import io.github.llmbreaker.provider.thrown.TransportFailures;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CallPlan}.
 */
class CallPlanTests {

	private static final LlmTarget PRIMARY = new LlmTarget("p", "chat", "a");

	private static final Duration FOREVER = Duration.ofDays(400_000);

	private final AtomicLong now = new AtomicLong();

	private BreakerMode mode = BreakerMode.ENFORCE;

	private int maxRetries;

	private Duration maxRetryAfter = Duration.ofSeconds(10);

	private Duration backoff = Duration.ofMillis(500);

	private @Nullable Duration total;

	private Predicate<LlmTarget> reachable = (target) -> true;

	private double random = 0.5;

	@Test
	@DisplayName("after a revoked key siblings are skipped without a call")
	void whenProviderScopeFailureThenSkipsSiblings() {
		CallPlan plan = plan("b", "q:c");
		NextStep step = plan.afterFailure(outcome(OutcomeKind.AUTH, OutcomeScope.PROVIDER), new IOException("401"));
		assertThat(step.action()).isEqualTo(NextStep.Action.FALLBACK);
		assertThat(step.requiredGate().target()).isEqualTo(new LlmTarget("q", "chat", "c"));
	}

	@Test
	@DisplayName("after a billing failure siblings are skipped without a call")
	void whenQuotaExhaustedThenSkipsSiblings() {
		CallPlan plan = plan("b", "q:c");
		NextStep step = plan.afterFailure(outcome(OutcomeKind.QUOTA_EXHAUSTED, OutcomeScope.PROVIDER),
				new IOException("402"));
		assertThat(step.requiredGate().target().provider()).isEqualTo("q");
	}

	@ParameterizedTest
	@EnumSource(names = { "RATE_LIMITED", "TIMEOUT", "OVERLOADED", "SERVER_ERROR", "STREAM_ERROR" })
	@DisplayName("after a failure of the model a sibling is tried")
	void whenModelScopeFailureThenTriesSibling(OutcomeKind kind) {
		NextStep step = plan("b", "q:c").afterFailure(outcome(kind, OutcomeScope.MODEL), new IOException());
		assertThat(step.requiredGate().target()).isEqualTo(new LlmTarget("p", "chat", "b"));
	}

	@ParameterizedTest
	@EnumSource(names = { "MODEL_NOT_FOUND", "CONTEXT_LENGTH" })
	@DisplayName("a missing model or a context that is too small is rerouted without a second try")
	void whenAnotherModelCanHelpThenReroutes(OutcomeKind kind) {
		this.maxRetries = 3;
		NextStep step = plan("b").afterFailure(outcome(kind, OutcomeScope.NONE), new IOException());
		assertThat(step.action()).isEqualTo(NextStep.Action.FALLBACK);
	}

	@ParameterizedTest
	@EnumSource(names = { "CLIENT_ERROR", "CONTENT_FILTERED", "CANCELLED" })
	@DisplayName("what the caller caused is final")
	void whenCallerCausedItThenFails(OutcomeKind kind) {
		this.maxRetries = 3;
		IOException error = new IOException();
		NextStep step = plan("b").afterFailure(outcome(kind, OutcomeScope.NONE), error);
		assertThat(step.action()).isEqualTo(NextStep.Action.FAIL);
		assertThat(step.requiredError()).isSameAs(error).hasNoSuppressedExceptions();
	}

	@ParameterizedTest
	@MethodSource("networkFailures")
	@DisplayName("a failure of the network or a timeout leads to the next provider")
	void whenNetworkFailsThenTriesAnotherProvider(Throwable failure) {
		NextStep step = plan("q:c").afterFailure(judged(TransportFailures.classify(failure, null)), failure);
		assertThat(step.action()).isEqualTo(NextStep.Action.FALLBACK);
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
	@DisplayName("a fallback that no policy names is tried like any other")
	void whenFallbackHasNoPolicyThenIsTried() {
		NextStep step = plan("never-heard-of").afterFailure(outcome(OutcomeKind.OVERLOADED, OutcomeScope.MODEL),
				new IOException());
		assertThat(step.requiredGate().target().model()).isEqualTo("never-heard-of");
	}

	@Test
	@DisplayName("control characters of a model's name never reach a message")
	void whenModelHasControlCharactersThenMessageHasNone() {
		CallPlan plan = plan("b\u0000\u001b[31m\nd");
		IOException first = new IOException();
		plan.afterFailure(outcome(OutcomeKind.OVERLOADED, OutcomeScope.MODEL), first);
		plan.afterFailure(outcome(OutcomeKind.MODEL_NOT_FOUND, OutcomeScope.NONE), new IOException());
		assertThat(first.getSuppressed()[0]).hasMessage("p:b[31md failed with MODEL_NOT_FOUND (HTTP 500)");
	}

	@Test
	@DisplayName("a target is tried once, also when the list names it again")
	void whenFallbackIsTheTargetItselfThenSkipsIt() {
		NextStep step = plan("a", "q:c").afterFailure(outcome(OutcomeKind.OVERLOADED, OutcomeScope.MODEL),
				new IOException());
		assertThat(step.requiredGate().target().provider()).isEqualTo("q");
	}

	@Test
	@DisplayName("the first real error is thrown, the others are suppressed and name their targets")
	void whenAllFailedThenFirstRealErrorNamesTheOthers() {
		CallPlan plan = plan("b", "q:c");
		plan.afterRejection(rejection());
		IOException first = new IOException("first");
		plan.afterFailure(outcome(OutcomeKind.OVERLOADED, OutcomeScope.MODEL), first);
		NextStep step = plan.afterFailure(outcome(OutcomeKind.CLIENT_ERROR, OutcomeScope.NONE), new IOException("400"));
		assertThat(step.requiredError()).isSameAs(first);
		assertThat(Arrays.stream(first.getSuppressed()).map(Throwable::getMessage)).containsExactly("p:a was rejected",
				"q:c failed with CLIENT_ERROR (HTTP 500)");
	}

	@Test
	void whenEverythingWasRejectedThenFirstRejectionIsThrown() {
		CallPlan plan = plan("b");
		LlmCallRejectedException rejection = rejection();
		plan.afterRejection(rejection);
		assertThat(plan.afterRejection(rejection()).requiredError()).isSameAs(rejection);
		assertThat(rejection.getSuppressed()).hasSize(1);
	}

	@Test
	void whenFallbackIsOpenThenSkipsIt() {
		BreakerRegistry registry = registry("b", "q:c");
		registry.gate(new LlmTarget("p", "chat", "b"));
		registry.find("p:b").orElseThrow().forceOpen(null);
		NextStep step = plan(registry).afterFailure(outcome(OutcomeKind.OVERLOADED, OutcomeScope.MODEL),
				new IOException());
		assertThat(step.requiredGate().target().provider()).isEqualTo("q");
	}

	@Test
	void whenFallbackCannotBeReachedThenSkipsIt() {
		this.reachable = (target) -> !target.provider().equals("q");
		NextStep step = plan("q:c", "b").afterFailure(outcome(OutcomeKind.OVERLOADED, OutcomeScope.MODEL),
				new IOException());
		assertThat(step.requiredGate().target().model()).isEqualTo("b");
	}

	@Test
	void whenObservingThenNothingIsRerouted() {
		this.mode = BreakerMode.OBSERVE;
		NextStep step = plan("b").afterFailure(outcome(OutcomeKind.OVERLOADED, OutcomeScope.MODEL), new IOException());
		assertThat(step.action()).isEqualTo(NextStep.Action.FAIL);
	}

	@Test
	@DisplayName("total attempts are one more than the retries, with doubled waits")
	void whenRetriesAreLeftThenRetriesWithDoubledWait() {
		this.maxRetries = 2;
		CallPlan plan = plan("b");
		CallOutcome overloaded = outcome(OutcomeKind.OVERLOADED, OutcomeScope.MODEL);
		assertThat(plan.afterFailure(overloaded, new IOException()))
			.isEqualTo(NextStep.retry(plan.gate(), Duration.ofMillis(500)));
		assertThat(plan.afterFailure(overloaded, new IOException()).delay()).isEqualTo(Duration.ofSeconds(1));
		assertThat(plan.afterFailure(overloaded, new IOException()).action()).isEqualTo(NextStep.Action.FALLBACK);
		assertThat(plan.afterFailure(overloaded, new IOException()).action()).isEqualTo(NextStep.Action.RETRY);
	}

	@Test
	@DisplayName("the provider's longer wait wins")
	void whenProviderAsksForMoreThenWaitsThatLong() {
		this.maxRetries = 1;
		NextStep step = plan().afterFailure(limited(Duration.ofSeconds(10)), new IOException());
		assertThat(step.delay()).isEqualTo(Duration.ofSeconds(10));
	}

	@Test
	void whenProviderAsksForTooMuchThenDoesNotRetry() {
		this.maxRetries = 1;
		NextStep step = plan("b").afterFailure(limited(Duration.ofMillis(10_001)), new IOException());
		assertThat(step.action()).isEqualTo(NextStep.Action.FALLBACK);
	}

	@Test
	@DisplayName("other kinds are not retried")
	void whenKindIsNotRetriedThenFallsBack() {
		this.maxRetries = 1;
		NextStep step = plan("b").afterFailure(outcome(OutcomeKind.TIMEOUT, OutcomeScope.MODEL), new IOException());
		assertThat(step.action()).isEqualTo(NextStep.Action.FALLBACK);
	}

	@Test
	@DisplayName("an open breaker is never retried")
	void whenBreakerIsOpenThenDoesNotRetry() {
		this.maxRetries = 1;
		BreakerRegistry registry = registry();
		CallPlan plan = plan(registry);
		registry.find("p:a").orElseThrow().forceOpen(null);
		assertThat(plan.afterFailure(outcome(OutcomeKind.OVERLOADED, OutcomeScope.MODEL), new IOException()).action())
			.isEqualTo(NextStep.Action.FAIL);
	}

	@Test
	void whenJitterIsAtItsEdgesThenWaitVariesByThatShare() {
		this.maxRetries = 1;
		CallOutcome overloaded = outcome(OutcomeKind.OVERLOADED, OutcomeScope.MODEL);
		this.random = 0;
		assertThat(plan().afterFailure(overloaded, new IOException()).delay()).isEqualTo(Duration.ofMillis(250));
		this.random = 1;
		assertThat(plan().afterFailure(overloaded, new IOException()).delay()).isEqualTo(Duration.ofMillis(750));
	}

	@Test
	void whenWaitsAreLongerThanAnyoneLivesThenTheyAreFinite() {
		this.maxRetries = 1;
		this.backoff = FOREVER;
		this.maxRetryAfter = FOREVER;
		this.total = FOREVER;
		CallPlan plan = plan();
		assertThat(plan.remaining()).isEqualTo(FOREVER);
		assertThat(plan.afterFailure(limited(FOREVER), new IOException()).delay())
			.isGreaterThan(Duration.ofDays(365 * 50))
			.isLessThan(Duration.ofNanos(Long.MAX_VALUE / 2));
		assertThat(plan().afterFailure(limited(null), new IOException()).delay())
			.isGreaterThan(Duration.ofDays(365 * 20))
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
		CallPlan plan = plan("b");
		assertThat(plan.afterFailure(outcome(OutcomeKind.OVERLOADED, OutcomeScope.MODEL), first).action())
			.isEqualTo(NextStep.Action.FALLBACK);
		return plan.afterFailure(outcome(OutcomeKind.OVERLOADED, OutcomeScope.MODEL), second).requiredError();
	}

	@Test
	void whenAFallbackCannotEvenBeAskedForThenTheNextIsTried() {
		this.reachable = (target) -> {
			if ("b".equals(target.model())) {
				throw new IllegalStateException("not this one");
			}
			return true;
		};
		assertThat(plan("b", "q:c").afterFailure(outcome(OutcomeKind.OVERLOADED, OutcomeScope.MODEL), new IOException())
			.requiredGate()
			.target()
			.model()).isEqualTo("c");
	}

	@Test
	void whenWaitWouldExceedTotalTimeThenFallsBackAndThenFails() {
		this.maxRetries = 5;
		this.total = Duration.ofSeconds(2);
		CallPlan plan = plan("b", "q:c");
		assertThat(plan.afterFailure(limited(Duration.ofSeconds(3)), new IOException()).action())
			.isEqualTo(NextStep.Action.FALLBACK);
		this.now.addAndGet(Duration.ofSeconds(2).toNanos());
		assertThat(plan.remaining()).isZero();
		assertThat(plan.afterFailure(limited(null), new IOException()).action()).isEqualTo(NextStep.Action.FAIL);
	}

	private static CallOutcome outcome(OutcomeKind kind, OutcomeScope scope) {
		return new CallOutcome(kind, scope, scope != OutcomeScope.NONE, null, 500);
	}

	private static CallOutcome limited(@Nullable Duration hint) {
		return new CallOutcome(OutcomeKind.RATE_LIMITED, OutcomeScope.MODEL, true, hint, 429);
	}

	private static LlmCallRejectedException rejection() {
		return new LlmCallRejectedException("p:a", PRIMARY, BreakerState.OPEN, OutcomeKind.OVERLOADED,
				Duration.ofSeconds(1));
	}

	private CallPlan plan(String... fallbacks) {
		return plan(registry(fallbacks));
	}

	private CallPlan plan(BreakerRegistry registry) {
		return new CallPlan(registry, registry.gate(PRIMARY), this.reachable, this.now::get, () -> this.random);
	}

	private BreakerRegistry registry(String... fallbacks) {
		List<FallbackModel> models = Arrays.stream(fallbacks).map(CallPlanTests::model).toList();
		BreakerPolicy breaker = new BreakerPolicy("defaults", 5, Duration.ofSeconds(60), 50, null, 100,
				new CooldownPolicy(Duration.ofSeconds(30), 1, 0, Duration.ofMinutes(5), true),
				new HalfOpenPolicy(3, Duration.ofMinutes(2)),
				EnumSet.of(OutcomeKind.OVERLOADED, OutcomeKind.RATE_LIMITED));
		RetryPolicy retry = new RetryPolicy(this.maxRetries, this.backoff, this.maxRetryAfter, 0.5, this.maxRetryAfter,
				Set.of(OutcomeKind.OVERLOADED, OutcomeKind.RATE_LIMITED));
		CallPolicy call = new CallPolicy(breaker, new TimeoutPolicy(null, null, null, this.total), retry, models,
				StreamRecovery.NONE);
		return new BreakerRegistry(new BreakerSettings(this.mode, Isolation.MODEL, 100, policies(call),
				(endpoint) -> true, List.of(), List.<BreakerListener>of(), this.now::get, Clock.systemUTC()));
	}

	private static FallbackModel model(String text) {
		int colon = text.indexOf(':');
		return new FallbackModel((colon > 0) ? text.substring(0, colon) : null, text.substring(colon + 1));
	}

	private static LlmPolicies policies(CallPolicy policy) {
		return new LlmPolicies() {

			@Override
			public CallPolicy forTarget(LlmTarget target) {
				return policy;
			}

			@Override
			public BreakerPolicy forProvider(String provider) {
				return policy.breaker();
			}

		};
	}

}
