// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmCallTrace;
import io.github.llmbreaker.LlmTarget;
import org.junit.jupiter.api.Test;

import static io.github.llmbreaker.breaker.BreakerFixture.AUTH;
import static io.github.llmbreaker.breaker.BreakerFixture.CANCELLED;
import static io.github.llmbreaker.breaker.BreakerFixture.FAILURE;
import static io.github.llmbreaker.breaker.BreakerFixture.NEUTRAL;
import static io.github.llmbreaker.breaker.BreakerFixture.SIBLING;
import static io.github.llmbreaker.breaker.BreakerFixture.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for guarded calls inside guarded calls.
 */
class NestedCallTests {

	private final BreakerFixture fixture = BreakerFixture.with(TestPolicies.model().halfOpenCalls(1));

	@Test
	void nestedCallTakesNoSecondPlace() {
		this.fixture.halfOpen();
		CallPermit outer = this.fixture.start();
		CallPermit inner = this.fixture.gate().acquire(outer);
		inner.complete(SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.HALF_OPEN);
		outer.complete(SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void oneOutcomeIsReportedAndTheInnermostKnows() {
		CallPermit outer = this.fixture.start();
		this.fixture.gate().acquire(outer).complete(FAILURE);
		assertThat(this.fixture.listener.completed).isEmpty();
		assertThat(outer.complete(NEUTRAL)).isEqualTo(FAILURE);
		assertThat(this.fixture.listener.completed).containsExactly("gpt-4.1 OVERLOADED");
		assertThat(this.fixture.totals()).isEqualTo(new BreakerSnapshot.Calls(0, 1, 0, 0, 0));
	}

	@Test
	void callOfOnePartitionInsideSaysNothingAboutAllOthers() {
		for (int i = 0; i < 3; i++) {
			CallPermit outer = this.fixture.start();
			LlmTarget tenant = new LlmTarget("openai@tenant-a", "chat.completions", "gpt-4.1");
			this.fixture.registry().gate(tenant).acquire(outer).complete(AUTH);
			assertThat(outer.complete(NEUTRAL)).isEqualTo(AUTH);
		}
		assertThat(this.fixture.listener.completed).containsExactly("gpt-4.1 AUTH", "gpt-4.1 AUTH", "gpt-4.1 AUTH");
		assertThat(this.fixture.registry().find("openai@tenant-a").orElseThrow().state()).isEqualTo(BreakerState.OPEN);
		assertThat(this.fixture.registry().find("openai").orElseThrow().snapshot().calls())
			.isEqualTo(new BreakerSnapshot.Calls(0, 0, 3, 0, 0));
	}

	@Test
	void threeLevels() {
		CallPermit outer = this.fixture.start();
		CallPermit middle = this.fixture.gate().acquire(outer);
		CallPermit inner = this.fixture.gate().acquire(middle);
		inner.complete(FAILURE);
		middle.complete(CANCELLED);
		outer.complete(SUCCESS);
		assertThat(this.fixture.totals()).isEqualTo(new BreakerSnapshot.Calls(0, 1, 0, 0, 0));
		assertThat(this.fixture.listener.completed).containsExactly("gpt-4.1 OVERLOADED");
	}

	@Test
	void lastOfSeveralNestedCallsCountsUnlessItSaysNothing() {
		CallPermit outer = this.fixture.start();
		this.fixture.gate().acquire(outer).complete(FAILURE);
		this.fixture.gate().acquire(outer).complete(SUCCESS);
		this.fixture.gate().acquire(outer).complete(CANCELLED);
		outer.complete(CANCELLED);
		assertThat(this.fixture.listener.completed).containsExactly("gpt-4.1 SUCCESS");
		assertThat(this.fixture.totals()).isEqualTo(new BreakerSnapshot.Calls(1, 0, 0, 0, 0));
	}

	@Test
	void nestedCallToAnotherModelHasItsOwnModelPermitAndSharesTheProviders() {
		CallPermit outer = this.fixture.start();
		CallPermit inner = this.fixture.registry().gate(SIBLING).acquire(outer);
		inner.complete(AUTH);
		outer.complete(NEUTRAL);
		assertThat(this.fixture.listener.completed).containsExactly("gpt-4.1-mini AUTH", "gpt-4.1 CLIENT_ERROR");
		assertThat(this.fixture.providerBreaker().snapshot().calls())
			.isEqualTo(new BreakerSnapshot.Calls(0, 1, 0, 0, 0));
		assertThat(this.fixture.totals()).isEqualTo(new BreakerSnapshot.Calls(0, 0, 1, 0, 0));
	}

	@Test
	void nestedCallToAnOpenSiblingIsRejectedAndLeavesTheOuterCallAlone() {
		TargetGate sibling = this.fixture.registry().gate(SIBLING);
		CallPermit outer = this.fixture.start();
		sibling.modelBreaker().forceOpen(null);
		assertThatThrownBy(() -> sibling.acquire(outer))
			.hasMessage("Circuit breaker 'openai:gpt-4.1-mini' is forced open");
		outer.complete(SUCCESS);
		assertThat(this.fixture.totals().succeeded()).isEqualTo(1);
		assertThat(this.fixture.providerBreaker().snapshot().calls().succeeded()).isEqualTo(1);
	}

	@Test
	void nestedCallThroughAnotherEndpointOfTheModelIsTheSameCall() {
		CallPermit outer = this.fixture.registry().gate(LlmTarget.of("openai", "gpt-4.1")).acquire(null);
		this.fixture.gate().acquire(outer).complete(FAILURE);
		outer.complete(SUCCESS);
		assertThat(this.fixture.totals()).isEqualTo(new BreakerSnapshot.Calls(0, 1, 0, 0, 0));
	}

	@Test
	void underIsolationEndpointACallThatDoesNotKnowItsEndpointIsStillReportedOnce() {
		this.fixture.isolation = Isolation.ENDPOINT;
		TargetGate anyEndpoint = this.fixture.registry().gate(LlmTarget.of("openai", "gpt-4.1"));
		CallPermit outer = anyEndpoint.acquire(null);
		this.fixture.gate().acquire(outer).complete(FAILURE);
		outer.complete(NEUTRAL);
		assertThat(this.fixture.listener.completed).containsExactly("gpt-4.1 OVERLOADED");
		assertThat(anyEndpoint.modelBreaker().snapshot().calls().failed()).isEqualTo(1);
		assertThat(this.fixture.gate().modelBreaker().snapshot().calls().failed()).isEqualTo(1);
	}

	@Test
	void nestedCallThatRunsNoModelIsACallOfItsOwn() {
		CallPermit outer = this.fixture.start();
		this.fixture.registry().gate(new LlmTarget("openai", "unknown", null)).acquire(outer).complete(NEUTRAL);
		outer.complete(SUCCESS);
		assertThat(this.fixture.listener.completed).containsExactly("null CLIENT_ERROR", "gpt-4.1 SUCCESS");
		assertThat(this.fixture.totals().succeeded()).isEqualTo(1);
	}

	@Test
	void contentOfTheNestedCallVotesForTheOuterOne() {
		this.fixture.halfOpen();
		CallPermit outer = this.fixture.start();
		CallPermit inner = this.fixture.gate().acquire(outer);
		inner.contentStarted();
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void endedOuterCallHoldsNothing() {
		CallPermit outer = this.fixture.start();
		outer.complete(CANCELLED);
		CallPermit next = this.fixture.gate().acquire(outer);
		next.complete(SUCCESS);
		assertThat(this.fixture.listener.completed).containsExactly("gpt-4.1 CANCELLED", "gpt-4.1 SUCCESS");
	}

	@Test
	void permitOfTheOutermostCallIsFoundBehindAnEndedOne() {
		this.fixture.halfOpen();
		CallPermit outer = this.fixture.start();
		CallPermit middle = this.fixture.gate().acquire(outer);
		middle.complete(CANCELLED);
		CallPermit inner = this.fixture.gate().acquire(middle);
		inner.complete(SUCCESS);
		outer.complete(SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void callThatReturnsWhileItsAnswerRunsHasNotSucceededYet() {
		CallPermit outer = this.fixture.start();
		CallPermit inner = this.fixture.gate().acquire(outer);
		assertThat(outer.complete(SUCCESS)).isSameAs(SUCCESS);
		assertThat(this.fixture.listener.completed).isEmpty();
		assertThat(this.fixture.totals()).isEqualTo(new BreakerSnapshot.Calls(0, 0, 0, 0, 0));
		assertThat(inner.complete(FAILURE)).isSameAs(FAILURE);
		assertThat(outer.complete(CANCELLED)).isSameAs(SUCCESS);
		assertThat(this.fixture.totals()).isEqualTo(new BreakerSnapshot.Calls(0, 1, 0, 0, 0));
		assertThat(this.fixture.listener.completed).containsExactly("gpt-4.1 OVERLOADED");
	}

	@Test
	void durationIsThatOfTheLastToEnd() {
		List<Duration> durations = new ArrayList<>();
		this.fixture.listeners.add(new BreakerListener() {

			@Override
			public void onCompleted(GateView gate, CallOutcome outcome, long nanos) {
				durations.add(Duration.ofNanos(nanos));
			}

		});
		CallPermit outer = this.fixture.start();
		this.fixture.time.advanceSeconds(1);
		CallPermit inner = this.fixture.gate().acquire(outer);
		outer.complete(SUCCESS);
		this.fixture.time.advanceSeconds(6);
		inner.complete(SUCCESS);
		assertThat(durations).containsExactly(Duration.ofSeconds(7));
	}

	@Test
	void threeLevelsThatEndFromOutsideToInside() {
		CallPermit outer = this.fixture.start();
		CallPermit middle = this.fixture.gate().acquire(outer);
		CallPermit inner = this.fixture.gate().acquire(middle);
		outer.complete(SUCCESS);
		middle.complete(CANCELLED);
		assertThat(this.fixture.listener.completed).isEmpty();
		inner.complete(FAILURE);
		assertThat(this.fixture.totals()).isEqualTo(new BreakerSnapshot.Calls(0, 1, 0, 0, 0));
		assertThat(this.fixture.listener.completed).containsExactly("gpt-4.1 OVERLOADED");
	}

	@Test
	void laterSuccessFurtherOutsideDoesNotBeatAFailureInside() {
		CallPermit outer = this.fixture.start();
		CallPermit middle = this.fixture.gate().acquire(outer);
		this.fixture.gate().acquire(middle).complete(FAILURE);
		outer.complete(SUCCESS);
		middle.complete(SUCCESS);
		assertThat(this.fixture.totals()).isEqualTo(new BreakerSnapshot.Calls(0, 1, 0, 0, 0));
		assertThat(this.fixture.listener.completed).containsExactly("gpt-4.1 OVERLOADED");
	}

	@Test
	void callThatStartsWhileAnotherInsideStillRunsIsPartOfTheSameCall() {
		this.fixture.halfOpen();
		CallPermit outer = this.fixture.start();
		CallPermit first = this.fixture.gate().acquire(outer);
		outer.complete(SUCCESS);
		CallPermit second = this.fixture.gate().acquire(outer);
		first.complete(FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.HALF_OPEN);
		second.complete(SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
		assertThat(this.fixture.listener.completed).endsWith("gpt-4.1 SUCCESS").hasSize(6);
	}

	@Test
	void callThatStartsAfterAllHaveEndedIsACallOfItsOwn() {
		CallPermit outer = this.fixture.start();
		CallPermit inner = this.fixture.gate().acquire(outer);
		outer.complete(SUCCESS);
		inner.complete(SUCCESS);
		this.fixture.gate().acquire(inner).complete(FAILURE);
		assertThat(this.fixture.totals()).isEqualTo(new BreakerSnapshot.Calls(1, 1, 0, 0, 0));
		assertThat(this.fixture.listener.completed).containsExactly("gpt-4.1 SUCCESS", "gpt-4.1 OVERLOADED");
	}

	@Test
	void callToAnotherModelThatOutlivesTheOuterOneHoldsTheProvidersPlaceOnly() {
		CallPermit outer = this.fixture.start();
		CallPermit inner = this.fixture.registry().gate(SIBLING).acquire(outer);
		outer.complete(SUCCESS);
		assertThat(this.fixture.totals()).isEqualTo(new BreakerSnapshot.Calls(1, 0, 0, 0, 0));
		assertThat(this.fixture.providerBreaker().snapshot().calls())
			.isEqualTo(new BreakerSnapshot.Calls(0, 0, 0, 0, 0));
		inner.complete(AUTH);
		assertThat(this.fixture.listener.completed).containsExactly("gpt-4.1 SUCCESS", "gpt-4.1-mini AUTH");
		assertThat(this.fixture.providerBreaker().snapshot().calls())
			.isEqualTo(new BreakerSnapshot.Calls(0, 1, 0, 0, 0));
	}

	@Test
	void successOfTheCallAroundDoesNotBeatTheProvidersFailureFurtherInside() {
		CallPermit outer = this.fixture.start();
		CallPermit sibling = this.fixture.registry().gate(SIBLING).acquire(outer);
		LlmTarget third = new LlmTarget("openai", "chat.completions", "gpt-4.1-nano");
		this.fixture.registry().gate(third).acquire(sibling).complete(AUTH);
		sibling.complete(SUCCESS);
		outer.complete(SUCCESS);
		assertThat(this.fixture.providerBreaker().snapshot().calls())
			.isEqualTo(new BreakerSnapshot.Calls(0, 1, 0, 0, 0));
	}

	@Test
	void rejectedCallInsideHoldsNothing() {
		this.fixture.halfOpen();
		CallPermit outer = this.fixture.start();
		TargetGate sibling = this.fixture.registry().gate(SIBLING);
		sibling.modelBreaker().forceOpen(null);
		assertThatThrownBy(() -> sibling.acquire(outer)).isInstanceOf(LlmCallRejectedException.class);
		outer.complete(SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void placeOfAHungCallInsideIsFreedAfterTheTimeout() {
		this.fixture.halfOpen();
		CallPermit outer = this.fixture.start();
		CallPermit inner = this.fixture.gate().acquire(outer);
		outer.complete(SUCCESS);
		assertThat(this.fixture.gate().isCallable()).isFalse();
		this.fixture.time.advance(Duration.ofMinutes(2));
		this.fixture.call(SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
		inner.complete(FAILURE);
		assertThat(this.fixture.totals().late()).isOne();
	}

	@Test
	void contentOfACallThatOutlivesTheOuterOneVotes() {
		this.fixture.halfOpen();
		CallPermit outer = this.fixture.start();
		CallPermit inner = this.fixture.gate().acquire(outer);
		outer.complete(SUCCESS);
		inner.contentStarted();
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
		inner.complete(FAILURE);
		assertThat(this.fixture.failuresInWindow()).isOne();
	}

	@Test
	void traceEndsWithTheLastToEnd() {
		LlmCallTrace trace = new LlmCallTrace();
		CallPermit outer = this.fixture.start();
		outer.traceTo(trace);
		CallPermit inner = this.fixture.gate().acquire(outer);
		outer.complete(SUCCESS);
		assertThat(trace.outcome()).isNull();
		inner.complete(FAILURE);
		assertThat(trace.outcome()).isEqualTo(FAILURE);
		assertThat(outer.isReportedInside()).isTrue();
	}

	@Test
	void currentCallIsThatOfTheInnermostScope() {
		assertThat(CallPermit.current()).isNull();
		CallPermit outer = this.fixture.start();
		try (CallPermit.Scope scope = outer.makeCurrent()) {
			assertThat(scope).isNotNull();
			CallPermit inner = this.fixture.gate().acquire(CallPermit.current());
			CallPermit.Scope nested = inner.makeCurrent();
			assertThat(CallPermit.current()).isSameAs(inner);
			nested.close();
			assertThat(CallPermit.current()).isSameAs(outer);
		}
		assertThat(CallPermit.current()).isNull();
	}

}
