// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.OutcomeKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.llmbreaker.breaker.BreakerFixture.FAILURE;
import static io.github.llmbreaker.breaker.BreakerFixture.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a healthy model is never locked out and a dead one is noticed at once, by
 * the rules of all presets.
 */
class HealthyAndDeadTests {

	@ParameterizedTest
	@EnumSource
	void healthyModelIsNeverLockedOutAfterAStart(Preset preset) {
		for (double perSecond : new double[] { 0.1, 2, 10, 50, 500 }) {
			RandomTraffic traffic = new RandomTraffic(preset.policy(), perSecond, 7);
			traffic.streams = false;
			traffic.answerSeconds = 30;
			traffic.failing = (at) -> 0.02;
			traffic.run((perSecond < 1) ? 3600 : 60);
			assertThat(traffic.rejected).as("at %s calls a second", perSecond).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource
	void healthyModelIsNeverLockedOutByErrorsNowAndThen(Preset preset) {
		for (double perSecond : new double[] { 0.1, 2, 50 }) {
			RandomTraffic traffic = new RandomTraffic(preset.policy(), perSecond, 11);
			traffic.failing = (at) -> 0.02;
			traffic.run(20_000 / perSecond);
			assertThat(traffic.rejectedPercent()).as("at %s calls a second", perSecond).isLessThan(0.1);
		}
	}

	@ParameterizedTest
	@EnumSource
	void deadModelIsNoticedWithinASecondAtFiftyCallsASecond(Preset preset) {
		for (double perSecond : new double[] { 50, 500 }) {
			for (double answer : new double[] { 4, 30 }) {
				RandomTraffic traffic = new RandomTraffic(preset.policy(), perSecond, 13);
				traffic.answerSeconds = answer;
				traffic.failing = (at) -> (at < 70) ? 0.01 : 1;
				traffic.run(71);
				assertThat(traffic.rejected).as("at %s calls a second", perSecond).isPositive();
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void deadModelIsNoticedWithinASecondAfterAStart(Preset preset) {
		RandomTraffic traffic = new RandomTraffic(preset.policy(), 50, 17);
		traffic.failing = (at) -> 1;
		assertThat(traffic.run(1).rejected).isPositive();
	}

	@ParameterizedTest
	@ValueSource(ints = { 50, 500 })
	void modelThatHangsIsNoticedWithTheFirstTimeouts(int perSecond) {
		BreakerFixture fixture = BreakerFixture.with(Preset.ADAPTIVE.policy());
		Deque<CallPermit> hanging = new ArrayDeque<>();
		Duration gap = Duration.ofSeconds(1).dividedBy(perSecond);
		for (int i = 0; i < 30 * perSecond; i++) {
			hanging.add(fixture.start());
			fixture.time.advance(gap);
		}
		for (int i = 0; i < perSecond && fixture.state() == BreakerState.CLOSED; i++) {
			hanging.remove().complete(BreakerFixture.failure(OutcomeKind.TIMEOUT));
			if (fixture.state() == BreakerState.CLOSED) {
				hanging.add(fixture.start());
				fixture.time.advance(gap);
			}
		}
		assertThat(fixture.state()).isEqualTo(BreakerState.OPEN);
	}

	@ParameterizedTest
	@EnumSource
	void oneCallAMinuteToADeadModelOpens(Preset preset) {
		BreakerFixture fixture = BreakerFixture.with(preset.policy());
		int failures = 0;
		while (fixture.state() == BreakerState.CLOSED && failures <= 10) {
			fixture.call(FAILURE);
			fixture.time.advance(Duration.ofSeconds((fixture.state() == BreakerState.CLOSED) ? 60 : 0));
			failures++;
		}
		assertThat(failures).isEqualTo(preset.policy().get().failureThreshold());
	}

	@ParameterizedTest
	@EnumSource
	void failuresAmongCallsThatBeganWithThemAndStillRunDoNotOpen(Preset preset) {
		BreakerFixture fixture = BreakerFixture.with(preset.policy());
		for (int i = 0; i < 400; i++) {
			CallPermit permit = fixture.start();
			if (i % 40 == 0) {
				fixture.time.advance(Duration.ofMillis(300));
				permit.complete(FAILURE);
			}
			fixture.time.advance(Duration.ofMillis(20));
		}
		assertThat(fixture.state()).isEqualTo(BreakerState.CLOSED);
	}

	@ParameterizedTest
	@ValueSource(doubles = { 2, 50, 500 })
	void brownOutIsNoOutage(double perSecond) {
		RandomTraffic traffic = new RandomTraffic(Preset.ADAPTIVE.policy(), perSecond, 19);
		traffic.failing = (at) -> (at < 60) ? 0.01 : 0.3;
		traffic.run(300);
		assertThat(traffic.rejectedPercent()).isLessThan(5);
	}

	@Test
	void fewCallsToADeadModelAreEnough() {
		double worst = 0;
		for (int seed = 0; seed < 20; seed++) {
			RandomTraffic traffic = new RandomTraffic(Preset.ADAPTIVE.policy(), 2, seed);
			traffic.failing = (at) -> (at < 600) ? 0.01 : 1;
			traffic.run(600);
			traffic.openings = 0;
			while (traffic.openings == 0) {
				traffic.run(0.1);
			}
			worst = Math.max(worst, traffic.opened - 600);
		}
		assertThat(worst).isLessThan(8);
	}

	@ParameterizedTest
	@CsvSource({ "50, 0.05", "10, 0.1", "2, 0.1" })
	void bigRequestsThatHitALimitDoNotOpenWhileSmallOnesPass(double perSecond, double share) {
		RandomTraffic traffic = new RandomTraffic(Preset.ADAPTIVE.policy(), perSecond, 23);
		traffic.failure = BreakerFixture.hinting(Duration.ofSeconds(20));
		traffic.failing = (at) -> share;
		traffic.run(2000 / perSecond);
		assertThat(traffic.rejectedPercent()).isLessThan(0.1);
	}

	@Test
	void oneBigRequestThatIsTriedAgainAndAgainDoesNotOpen() {
		BreakerFixture fixture = BreakerFixture.with(Preset.ADAPTIVE.policy());
		for (int i = 0; i < 100; i++) {
			fixture.calls(2, BreakerFixture.hinting(Duration.ofSeconds(20))).call(SUCCESS);
			fixture.time.advanceSeconds(1);
		}
		assertThat(fixture.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void hiccupOfManyCallsDoesNotOpen() {
		for (double perSecond : new double[] { 50, 500 }) {
			RandomTraffic traffic = new RandomTraffic(Preset.ADAPTIVE.policy(), perSecond, 29);
			traffic.failing = (at) -> (at > 100 && at < 100.15) ? 1 : 0.01;
			assertThat(traffic.run(120).rejected).as("at %s calls a second", perSecond).isZero();
		}
	}

	@Test
	void modelThatBeginsAnswersAndNeverEndsThemIsDead() {
		for (int perSecond : new int[] { 2, 50 }) {
			BreakerFixture fixture = BreakerFixture.with(Preset.ADAPTIVE.policy());
			streams(fixture, perSecond, 60, (number) -> false);
			assertThat(fixture.state()).as("at %s calls a second", perSecond).isNotEqualTo(BreakerState.CLOSED);
		}
	}

	@Test
	void modelThatBreaksEveryThirdAnswerIsUsed() {
		for (int perSecond : new int[] { 2, 50 }) {
			BreakerFixture fixture = BreakerFixture.with(Preset.ADAPTIVE.policy());
			streams(fixture, perSecond, 300, (number) -> number % 3 != 0);
			assertThat(fixture.state()).as("at %s calls a second", perSecond).isEqualTo(BreakerState.CLOSED);
		}
	}

	/** Answers that begin after two seconds and end, well or not, after ten. */
	private static void streams(BreakerFixture fixture, int perSecond, int seconds, IntPredicate well) {
		Map<Integer, CallPermit> running = new HashMap<>();
		for (int number = 0; number < seconds * perSecond; number++) {
			fixture.time.advance(Duration.ofSeconds(1).dividedBy(perSecond));
			if (fixture.state() == BreakerState.CLOSED) {
				running.put(number, fixture.start());
			}
			Optional.ofNullable(running.get(number - 2 * perSecond)).ifPresent(CallPermit::contentStarted);
			CallPermit ended = running.remove(number - 10 * perSecond);
			if (ended != null) {
				ended.complete(well.test(number) ? SUCCESS : FAILURE);
			}
		}
	}

	@Test
	void whatIsUsualIsLearned() {
		RandomTraffic traffic = new RandomTraffic(Preset.ADAPTIVE.policy(), 10, 31);
		traffic.failing = (at) -> 0.25;
		traffic.run(120);
		long before = traffic.rejected;
		traffic.run(1000);
		assertThat(traffic.rejected).isEqualTo(before);
		traffic.failing = (at) -> 1;
		traffic.run(10);
		assertThat(traffic.rejected).isGreaterThan(before);
	}

	@Test
	void firstProbeWaitsLongerTheLongerItTookToNotice() {
		assertThat(cooldownAfterFailuresEvery(Duration.ofMillis(20))).isEqualTo(Duration.ofSeconds(1));
		assertThat(cooldownAfterFailuresEvery(Duration.ofSeconds(10))).isBetween(Duration.ofSeconds(10),
				Duration.ofSeconds(30));
	}

	private static Duration cooldownAfterFailuresEvery(Duration gap) {
		BreakerFixture fixture = BreakerFixture.with(Preset.ADAPTIVE.policy());
		while (fixture.state() == BreakerState.CLOSED) {
			fixture.time.advance(gap);
			fixture.call(FAILURE);
		}
		return fixture.breaker().remainingCooldown();
	}

	@Test
	void fewerFalseAlarmsTakeMoreFailures() {
		assertThat(failuresUntilOpen(TestPolicies.model().evidence(1e-6)))
			.isGreaterThan(failuresUntilOpen(TestPolicies.model().evidence(0.1)));
	}

	@Test
	void breakerThatHasSeenNothingGoodOpensAtTheLeastNumber() {
		assertThat(failuresUntilOpen(TestPolicies.model().evidence())).isEqualTo(3);
		assertThat(failuresUntilOpen(TestPolicies.model().evidence().threshold(12))).isEqualTo(12);
	}

	private static int failuresUntilOpen(TestPolicies.Draft policy) {
		BreakerFixture fixture = BreakerFixture.with(policy);
		for (int failures = 0; failures < 100; failures++) {
			try {
				fixture.call(FAILURE);
			}
			catch (LlmCallRejectedException ex) {
				return failures;
			}
		}
		return 100;
	}

	private enum Preset {

		ADAPTIVE(TestPolicies.model().evidence().adaptive()),

		BALANCED(TestPolicies.model()),

		LENIENT(TestPolicies.model().threshold(10)),

		STRICT(TestPolicies.model().threshold(3).cooldown(Duration.ofMinutes(2))),

		CONSECUTIVE(TestPolicies.model().consecutive().cooldown(Duration.ofMinutes(1)).halfOpenCalls(1)),

		GATEWAY(TestPolicies.model().window(Duration.ofSeconds(10)).rate(0));

		private final TestPolicies.Draft policy;

		Preset(TestPolicies.Draft policy) {
			this.policy = policy;
		}

		TestPolicies.Draft policy() {
			return this.policy;
		}

	}

}
