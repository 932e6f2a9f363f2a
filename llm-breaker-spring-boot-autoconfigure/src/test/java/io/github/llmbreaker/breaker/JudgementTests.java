// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeCustomizer;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static io.github.llmbreaker.breaker.BreakerFixture.FAILURE;
import static io.github.llmbreaker.breaker.BreakerFixture.NEUTRAL;
import static io.github.llmbreaker.breaker.BreakerFixture.SUCCESS;
import static io.github.llmbreaker.breaker.BreakerFixture.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for what counts as a failure.
 */
class JudgementTests {

	private BreakerFixture fixture = new BreakerFixture();

	@ParameterizedTest
	@EnumSource
	@DisplayName("All failures of provider or model count by default, 500, 502 and 401, too")
	void defaults(OutcomeKind kind) {
		CallOutcome judged = this.fixture.call(new CallOutcome(kind, OutcomeScope.MODEL, true, null, null));
		assertThat(judged.countsAsFailure()).isEqualTo(TestPolicies.COUNTED.contains(kind));
	}

	@Test
	@DisplayName("Of only one kind that counts, one is enough with threshold 1")
	void onlyOneKind() {
		this.fixture = BreakerFixture
			.with(TestPolicies.model().threshold(1).count(EnumSet.of(OutcomeKind.SERVER_ERROR)));
		this.fixture.calls(10, FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
		this.fixture.call(outcome(OutcomeKind.SERVER_ERROR, OutcomeScope.MODEL, 502));
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	@DisplayName("Rate limits never trip when they do not count")
	void noRateLimits() {
		Set<OutcomeKind> count = EnumSet.copyOf(TestPolicies.COUNTED);
		count.remove(OutcomeKind.RATE_LIMITED);
		this.fixture = BreakerFixture.with(TestPolicies.model().threshold(1).count(count));
		CallOutcome limited = outcome(OutcomeKind.RATE_LIMITED, OutcomeScope.MODEL, 429);
		this.fixture.calls(20, limited);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
		assertThat(this.fixture.totals().neutral()).isEqualTo(20);
		assertThat(this.fixture.call(limited).countsAsFailure()).isFalse();
	}

	@Test
	void kindThatTheUserCountsCountsOnTheModelEvenIfItIsAboutNobody() {
		this.fixture = BreakerFixture
			.with(TestPolicies.model().threshold(1).count(EnumSet.of(OutcomeKind.CONTEXT_LENGTH)));
		CallOutcome judged = this.fixture.call(outcome(OutcomeKind.CONTEXT_LENGTH, OutcomeScope.NONE, 400));
		assertThat(judged).isEqualTo(new CallOutcome(OutcomeKind.CONTEXT_LENGTH, OutcomeScope.NONE, true, null, 400));
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
		assertThat(this.fixture.providerBreaker().snapshot().calls().neutral()).isEqualTo(1);
	}

	@Test
	void providerPolicyDecidesAboutFailuresOfTheProvider() {
		this.fixture.provider = TestPolicies.provider().count(EnumSet.of(OutcomeKind.AUTH)).get();
		this.fixture.calls(5, outcome(OutcomeKind.PERMISSION, OutcomeScope.PROVIDER, 403));
		assertThat(this.fixture.providerBreaker().state()).isEqualTo(BreakerState.CLOSED);
		this.fixture.calls(3, outcome(OutcomeKind.AUTH, OutcomeScope.PROVIDER, 401));
		assertThat(this.fixture.providerBreaker().state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	@DisplayName("A customizer can turn every failure into a success, and back")
	void everythingIsFine() {
		boolean[] on = { true };
		this.fixture.customizers.add((target, outcome) -> on[0] ? SUCCESS : outcome);
		this.fixture.calls(5, FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
		assertThat(this.fixture.totals().succeeded()).isEqualTo(5);
		assertThat(this.fixture.listener.completed).containsOnly("gpt-4.1 SUCCESS");
		on[0] = false;
		this.fixture.calls(5, FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	@DisplayName("Neutral outcomes count nowhere, successes and failures as such")
	void together() {
		this.fixture.customizers.add((target, outcome) -> (outcome.kind() == OutcomeKind.SERVER_ERROR)
				? new CallOutcome(outcome.kind(), outcome.scope(), false, null, outcome.status()) : outcome);
		this.fixture.calls(7, outcome(OutcomeKind.SERVER_ERROR, OutcomeScope.MODEL, 500)).calls(2, SUCCESS);
		this.fixture.calls(3, FAILURE);
		assertThat(this.fixture.totals()).isEqualTo(new BreakerSnapshot.Calls(2, 3, 7, 0, 0));
	}

	@Test
	void customizersGoInOrderAndSeeWhatThePolicyDecided() {
		this.fixture.customizers.add((target, outcome) -> {
			assertThat(outcome.countsAsFailure()).isFalse();
			assertThat(target).isEqualTo(BreakerFixture.TARGET);
			return FAILURE;
		});
		this.fixture.customizers.add((target, outcome) -> {
			assertThat(outcome).isSameAs(FAILURE);
			return BreakerFixture.AUTH;
		});
		assertThat(this.fixture.call(NEUTRAL)).isSameAs(BreakerFixture.AUTH);
		assertThat(this.fixture.providerBreaker().snapshot().calls().failed()).isEqualTo(1);
	}

	@Test
	void customizerIsAskedOncePerCall() {
		AtomicInteger asked = new AtomicInteger();
		this.fixture.customizers.add((target, outcome) -> {
			asked.incrementAndGet();
			return outcome;
		});
		CallPermit permit = this.fixture.start();
		permit.complete(SUCCESS);
		permit.complete(FAILURE);
		assertThat(asked).hasValue(1);
	}

	static Stream<OutcomeCustomizer> broken() {
		return Stream.of(new BrokenCustomizer(), (target, outcome) -> nothing());
	}

	@ParameterizedTest
	@MethodSource("broken")
	@ExtendWith(OutputCaptureExtension.class)
	void brokenCustomizerIsReportedOnceAndIgnored(OutcomeCustomizer customizer, CapturedOutput output) {
		this.fixture.customizers.add(customizer);
		this.fixture.calls(5, FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
		assertThat(output.getAll().split("Outcome customizer", -1)).hasSize(2);
	}

	@ParameterizedTest
	@EnumSource(names = { "SUCCESS", "CANCELLED" })
	void someKindsCanNeverCount(OutcomeKind kind) {
		TestPolicies.Draft draft = TestPolicies.model().count(EnumSet.of(kind));
		assertThatIllegalArgumentException().isThrownBy(draft::get)
			.withMessage("'count' must not contain SUCCESS or CANCELLED (was [" + kind + "])");
		this.fixture.customizers.add((target, outcome) -> new CallOutcome(kind, OutcomeScope.MODEL, true, null, null));
		assertThat(this.fixture.call(FAILURE).countsAsFailure()).isFalse();
	}

	@SuppressWarnings("NullAway")
	private static CallOutcome nothing() {
		return null;
	}

	private static final class BrokenCustomizer implements OutcomeCustomizer {

		@Override
		public CallOutcome customize(LlmTarget target, CallOutcome outcome) {
			throw new IllegalStateException("broken");
		}

	}

}
