// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.Breaker;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.TestRegistry;
import io.github.llmbreaker.breaker.VirtualTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for callers who leave before anything has arrived.
 */
class HangUpTests {

	private final VirtualTime time = new VirtualTime();

	private final BreakerRegistry registry = TestRegistry.create(this.time);

	@Test
	void whoHangsUpWhileNobodyIsAnsweredHasMetATimeout() {
		List<CallPermit> waiting = waiting();
		this.time.advanceSeconds(60);
		assertThat(hangUp(waiting)).containsOnly(OutcomeKind.TIMEOUT);
		assertThat(breaker().state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	void whoHangsUpEarlyWasImpatient() {
		List<CallPermit> waiting = waiting();
		this.time.advance(Duration.ofSeconds(60).minusNanos(1));
		assertThat(hangUp(waiting)).containsOnly(OutcomeKind.CANCELLED);
	}

	@Test
	void peopleWhoHangUpDoNotOpenAModelThatAnswersOthers() {
		List<CallPermit> waiting = waiting();
		this.time.advanceSeconds(1);
		start().complete(TestRegistry.SUCCESS);
		this.time.advanceSeconds(60);
		assertThat(hangUp(waiting)).containsOnly(OutcomeKind.CANCELLED);
		assertThat(breaker().state()).isEqualTo(BreakerState.CLOSED);
		assertThat(breaker().snapshot().calls().failed()).isZero();
	}

	@Test
	void firstContentOfAStreamIsEnough() {
		CallPermit before = start();
		this.time.advanceSeconds(1);
		List<CallPermit> waiting = waiting();
		this.time.advanceSeconds(1);
		before.contentStarted();
		this.time.advanceSeconds(60);
		assertThat(hangUp(waiting)).containsOnly(OutcomeKind.CANCELLED);
	}

	@Test
	void answersBeforeTheCallSayNothing() {
		start().complete(TestRegistry.SUCCESS);
		this.time.advanceSeconds(1);
		List<CallPermit> waiting = waiting();
		this.time.advanceSeconds(60);
		assertThat(hangUp(waiting)).containsOnly(OutcomeKind.TIMEOUT);
	}

	@Test
	void failuresOfOthersSayNothing() {
		List<CallPermit> waiting = waiting();
		this.time.advanceSeconds(1);
		start().complete(TestRegistry.FAILURE);
		this.time.advanceSeconds(60);
		assertThat(hangUp(waiting.subList(0, 1))).containsOnly(OutcomeKind.TIMEOUT);
	}

	@Test
	void anAnswerLongAgoAmongManyIsRemembered() {
		List<CallPermit> waiting = waiting();
		for (int i = 0; i < 300; i++) {
			this.time.advance(Duration.ofMillis(200));
			CallPermit other = start();
			if (i == 3) {
				other.complete(TestRegistry.SUCCESS);
			}
		}
		assertThat(hangUp(waiting)).containsOnly(OutcomeKind.CANCELLED);
	}

	@Test
	void probeThatIsGivenUpSpeaksAgainstTheModelUnlessAnotherHasGoneWell() {
		Breaker breaker = TestRegistry.open(this.registry, TestRegistry.TARGET);
		this.time.advance(breaker.remainingCooldown());
		CallPermit impatient = start();
		start().complete(TestRegistry.SUCCESS);
		this.time.advanceSeconds(60);
		assertThat(hangUp(List.of(impatient))).containsOnly(OutcomeKind.CANCELLED);
		CallPermit other = start();
		assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
		other.complete(TestRegistry.FAILURE);
		this.time.advance(breaker.remainingCooldown());
		CallPermit probe = start();
		this.time.advanceSeconds(60);
		assertThat(hangUp(List.of(probe))).containsOnly(OutcomeKind.TIMEOUT);
		assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
	}

	private List<CallPermit> waiting() {
		return Stream.generate(this::start).limit(5).toList();
	}

	private CallPermit start() {
		return this.registry.gate(TestRegistry.TARGET).acquire(null);
	}

	private Breaker breaker() {
		return this.registry.find("openai:gpt-4.1").orElseThrow();
	}

	private static List<OutcomeKind> hangUp(List<CallPermit> waiting) {
		return waiting.stream().map((permit) -> permit.complete(Outcomes.abandoned(permit, null)).kind()).toList();
	}

}
