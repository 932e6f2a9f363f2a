// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.SharedCalls.Stretch;
import org.junit.jupiter.api.Test;

import static io.github.llmbreaker.breaker.BreakerFixture.FAILURE;
import static io.github.llmbreaker.breaker.BreakerFixture.SUCCESS;
import static io.github.llmbreaker.breaker.BreakerFixture.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for calls of other instances that count as if they were of this one.
 */
class OtherCallsTests {

	private final VirtualTime time = new VirtualTime();

	private BreakerPolicy policy = TestPolicies.model().get();

	private BreakerRegistry registry = new MemorySync(this.time).join(this.policy);

	@Test
	void failureIsOneTooManyWithThoseOfTheOthers() {
		Breaker breaker = breaker();
		fail(1);
		hear(breaker, failed(3, 0));
		assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
		hear(breaker, failed(4, 0));
		assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
		assertThat(breaker.snapshot().openedBy()).isEqualTo(OutcomeKind.OVERLOADED);
		assertThat(breaker.snapshot().window().failures()).isEqualTo(5);
		assertThat(Objects.requireNonNull(breaker.decision()).failures()).isEqualTo(5);
	}

	@Test
	void nextFailureIsOneTooManyAtOnce() {
		Breaker breaker = breaker();
		hear(breaker, failed(4, 0));
		assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
		fail(1);
		assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	void failuresOfTheOthersAloneOpenNothing() {
		Breaker breaker = breaker();
		call(true);
		hear(breaker, failed(100, 0));
		assertThat(breaker.state()).as("who sees them opens").isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void proofsOfLifeOfTheOthersSpeakAgainstIt() {
		for (TestPolicies.Draft draft : List.of(TestPolicies.model(), TestPolicies.model().consecutive(),
				TestPolicies.model().evidence(), TestPolicies.model().rate(0))) {
			this.policy = draft.get();
			Breaker breaker = breaker();
			for (int i = 0; i < 20; i++) {
				fail(1);
				this.time.advance(Duration.ofMillis(300));
				hear(breaker, alive(30 * (i + 1), 0));
			}
			assertThat(breaker.state()).as(this.policy.toString()).isEqualTo(BreakerState.CLOSED);
		}
	}

	@Test
	void callsOfTheOthersThatGoOnAreNoFailures() {
		Breaker breaker = breaker();
		fail(4);
		hear(breaker, stretch(20, 0, 1, 0));
		assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void oneCallAMinuteOfEachAddsUp() {
		Breaker breaker = breaker();
		this.time.advanceSeconds(600);
		fail(1);
		hear(breaker, failed(2, 400), failed(1, 100));
		assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
		hear(breaker, failed(2, 400), failed(2, 100));
		assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	void whatIsOfAnEarlierPeriodIsIgnored() {
		Breaker breaker = breaker();
		SharedCalls before = calls(breaker, failed(100, 0));
		this.time.advanceSeconds(1);
		breaker.reset();
		fail(1);
		breaker.hear(before);
		assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void callsAreToldOnceTheyMayMatter() {
		Breaker breaker = breaker();
		for (int i = 0; i < 30; i++) {
			call(true);
			this.time.advance(Duration.ofMillis(100));
		}
		fail(1);
		SharedCalls calls = Objects.requireNonNull(breaker.calls());
		assertThat(calls.telling()).as("one of many").isFalse();
		assertThat(calls.stretches().stream().mapToInt(Stretch::calls).sum()).isEqualTo(31);
		assertThat(calls.stretches().stream().mapToInt(Stretch::proofs).sum()).isEqualTo(30);
		assertThat(calls.stretches().stream().mapToInt(Stretch::failures).sum()).isOne();
		fail(1);
		assertThat(Objects.requireNonNull(breaker.calls()).telling()).as("two in a row").isTrue();
		breaker.forceOpen((Duration) null);
		assertThat(breaker.calls()).isNull();
	}

	@Test
	void proberWithoutMoreCallsCloses() {
		this.policy = TestPolicies.model().halfOpenCalls(3).get();
		Breaker breaker = breaker();
		fail(5);
		this.time.advanceSeconds(30);
		breaker.closeIfProven();
		assertThat(breaker.state()).isNotEqualTo(BreakerState.CLOSED);
		CallPermit probe = gate().acquire(null);
		CallPermit other = gate().acquire(null);
		probe.complete(SUCCESS);
		breaker.closeIfProven();
		assertThat(breaker.state()).as("one is under way").isEqualTo(BreakerState.HALF_OPEN);
		other.complete(SUCCESS);
		breaker.closeIfProven();
		assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
	}

	private Breaker breaker() {
		this.registry = new MemorySync(this.time).join(this.policy);
		this.registry.gate(TARGET);
		return this.registry.find("openai:gpt-4.1").orElseThrow();
	}

	private TargetGate gate() {
		return this.registry.gate(TARGET);
	}

	private void fail(int times) {
		for (int i = 0; i < times; i++) {
			call(false);
		}
	}

	private void call(boolean well) {
		gate().acquire(null).complete(well ? SUCCESS : FAILURE);
	}

	private void hear(Breaker breaker, Stretch... stretches) {
		breaker.hear(calls(breaker, stretches));
	}

	private static SharedCalls calls(Breaker breaker, Stretch... stretches) {
		return new SharedCalls(Objects.requireNonNull(breaker.calls()).period(), false, List.of(stretches));
	}

	private Stretch failed(int number, int secondsAgo) {
		return stretch(number, secondsAgo, 0, number);
	}

	private Stretch alive(int number, int secondsAgo) {
		return stretch(number, secondsAgo, number, 0);
	}

	private Stretch stretch(int calls, int secondsAgo, int proofs, int failures) {
		long at = this.time.nanos() - Duration.ofSeconds(secondsAgo).toNanos();
		return new Stretch(at, at, calls, proofs, failures, 0);
	}

}
