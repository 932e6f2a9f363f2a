// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.breaker.BreakerEvent.Type;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static io.github.llmbreaker.breaker.BreakerFixture.AUTH;
import static io.github.llmbreaker.breaker.BreakerFixture.FAILURE;
import static io.github.llmbreaker.breaker.BreakerFixture.SUCCESS;
import static io.github.llmbreaker.breaker.BreakerFixture.hinting;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how long a breaker stays open.
 */
class CooldownTests {

	private BreakerFixture fixture = new BreakerFixture();

	@Test
	@DisplayName("A limit without a hint keeps it open for the cooldown")
	void limitWithoutHint() {
		this.fixture.calls(5, new CallOutcome(OutcomeKind.RATE_LIMITED, OutcomeScope.MODEL, true, null, 429));
		assertThat(this.fixture.breaker().remainingCooldown()).isEqualTo(Duration.ofSeconds(30));
	}

	@Test
	@DisplayName("With a threshold of 101 the hundredth failure is tolerated, the next is not")
	void highThreshold() {
		this.fixture = BreakerFixture.with(TestPolicies.model().threshold(101));
		this.fixture.calls(100, BreakerFixture.FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
		this.fixture.call(BreakerFixture.FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	@DisplayName("Open until the last moment, then half-open on time without traffic")
	void reads() {
		this.fixture.open();
		this.fixture.time.advance(Duration.ofSeconds(30).minusMillis(1));
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
		this.fixture.time.advance(Duration.ofMillis(1));
		assertThat(this.fixture.state()).isEqualTo(BreakerState.HALF_OPEN);
		assertThat(this.fixture.breaker().remainingCooldown()).isZero();
	}

	@Test
	@DisplayName("Half-open since the end of the cooldown, whenever someone looks")
	void since() {
		this.fixture.open();
		Instant opened = this.fixture.breaker().snapshot().stateSince();
		this.fixture.time.advance(Duration.ofHours(3));
		assertThat(this.fixture.breaker().snapshot().stateSince()).isEqualTo(opened.plusSeconds(30));
		assertThat(this.fixture.listener.changes.get(1).at()).isEqualTo(opened.plusSeconds(30));
		assertThat(this.fixture.breaker().events()).extracting(BreakerEvent::to).endsWith(BreakerState.HALF_OPEN);
	}

	@Test
	@DisplayName("Nothing remains while closed, all of it after a trip, less as time passes")
	void remaining() {
		assertThat(this.fixture.breaker().remainingCooldown()).isZero();
		this.fixture.open();
		assertThat(this.fixture.breaker().remainingCooldown()).isEqualTo(Duration.ofSeconds(30));
		this.fixture.time.advance(Duration.ofMillis(17_655));
		assertThat(this.fixture.breaker().remainingCooldown()).isEqualTo(Duration.ofMillis(12_345));
		assertThat(this.fixture.breaker().snapshot().remainingCooldown()).isEqualTo(Duration.ofMillis(12_345));
	}

	@Test
	@DisplayName("The rejection tells the time left, which decreases")
	void rejection() {
		use(TestPolicies.model().cooldown(Duration.ofSeconds(60)));
		this.fixture.open();
		assertThat(this.fixture.rejected().getRetryAfter()).isEqualTo(Duration.ofSeconds(60));
		this.fixture.time.advance(Duration.ofMillis(47_650));
		assertThat(this.fixture.rejected().getRetryAfter()).isEqualTo(Duration.ofMillis(12_350));
		assertThat(this.fixture.rejected())
			.hasMessage("Circuit breaker 'openai:gpt-4.1' is open after OVERLOADED, retry in 12.4s");
	}

	@ParameterizedTest
	@CsvSource({ "PT1M, PT1M", "PT5S, PT30S", "PT30S, PT30S", "PT10M, PT5M", "PT0S, PT30S", "PT-5S, PT30S" })
	@DisplayName("The provider's hint lengthens the cooldown between floor and ceiling")
	void hint(Duration hint, Duration expected) {
		this.fixture.calls(4, FAILURE).call(hinting(hint));
		assertThat(this.fixture.breaker().remainingCooldown()).isEqualTo(expected);
	}

	@Test
	void onlyTheHintOfTheCallThatOpensCounts() {
		this.fixture.calls(4, hinting(Duration.ofMinutes(4))).call(FAILURE);
		assertThat(this.fixture.breaker().remainingCooldown()).isEqualTo(Duration.ofSeconds(30));
	}

	@Test
	void hintOfAProbeCountsToo() {
		this.fixture.halfOpen().call(hinting(Duration.ofMinutes(2)));
		assertThat(this.fixture.breaker().remainingCooldown()).isEqualTo(Duration.ofMinutes(2));
	}

	@Test
	void hintsCanBeTurnedOff() {
		use(TestPolicies.model().cooldown((base) -> new CooldownPolicy(base.base(), 1, 0, base.max(), false)));
		CallPermit inFlight = this.fixture.start();
		this.fixture.calls(5, hinting(Duration.ofMinutes(4)));
		assertThat(this.fixture.breaker().remainingCooldown()).isEqualTo(Duration.ofSeconds(30));
		inFlight.complete(hinting(Duration.ofMinutes(4)));
		assertThat(this.fixture.breaker().remainingCooldown()).isEqualTo(Duration.ofSeconds(30));
	}

	@Test
	@DisplayName("A later hint of a call in flight extends, an earlier deadline never shortens")
	void laterHint() {
		CallPermit one = this.fixture.start();
		CallPermit two = this.fixture.start();
		CallPermit three = this.fixture.start();
		this.fixture.open();
		this.fixture.time.advanceSeconds(10);
		one.complete(hinting(Duration.ofSeconds(60)));
		assertThat(this.fixture.breaker().remainingCooldown()).isEqualTo(Duration.ofSeconds(60));
		two.complete(hinting(Duration.ofSeconds(40)));
		assertThat(this.fixture.breaker().remainingCooldown()).isEqualTo(Duration.ofSeconds(60));
		three.complete(hinting(Duration.ofHours(1)));
		assertThat(this.fixture.breaker().remainingCooldown()).as("the cap, in total")
			.isEqualTo(Duration.ofSeconds(290));
		assertThat(this.fixture.totals()).as("nothing else").isEqualTo(new BreakerSnapshot.Calls(0, 5, 0, 0, 3));
		assertThat(this.fixture.breaker().events()).extracting(BreakerEvent::type)
			.endsWith(Type.LATE, Type.COOLDOWN_EXTENDED, Type.LATE, Type.COOLDOWN_EXTENDED);
		this.fixture.time.advanceSeconds(290);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.HALF_OPEN);
	}

	static Stream<CallOutcome> hintsThatSayNothing() {
		Duration hint = Duration.ofMinutes(3);
		return Stream.of(new CallOutcome(OutcomeKind.AUTH, OutcomeScope.PROVIDER, true, hint, 401),
				new CallOutcome(OutcomeKind.CLIENT_ERROR, OutcomeScope.NONE, false, hint, 400),
				new CallOutcome(OutcomeKind.SUCCESS, OutcomeScope.NONE, false, hint, 200));
	}

	@ParameterizedTest
	@MethodSource("hintsThatSayNothing")
	void hintOfAnotherScopeOrOfNoFailureDoesNotExtend(CallOutcome outcome) {
		CallPermit inFlight = this.fixture.start();
		this.fixture.open();
		inFlight.complete(outcome);
		assertThat(this.fixture.breaker().remainingCooldown()).isEqualTo(Duration.ofSeconds(30));
	}

	@Test
	void hintOfACallInFlightExtendsNeitherHalfOpenNorForcedOpen() {
		CallPermit one = this.fixture.start();
		CallPermit two = this.fixture.start();
		this.fixture.halfOpen();
		one.complete(hinting(Duration.ofMinutes(1)));
		assertThat(this.fixture.state()).isEqualTo(BreakerState.HALF_OPEN);
		this.fixture.breaker().forceOpen(Duration.ofSeconds(5));
		two.complete(hinting(Duration.ofMinutes(1)));
		assertThat(this.fixture.breaker().remainingCooldown()).isEqualTo(Duration.ofSeconds(5));
	}

	@Test
	void extendsTheProvidersBreakerByItsOwnHints() {
		CallPermit inFlight = this.fixture.start();
		this.fixture.calls(3, AUTH);
		inFlight.complete(
				new CallOutcome(OutcomeKind.QUOTA_EXHAUSTED, OutcomeScope.PROVIDER, true, Duration.ofMinutes(1), 429));
		assertThat(this.fixture.providerBreaker().remainingCooldown()).isEqualTo(Duration.ofMinutes(1));
	}

	@Test
	void eachReopeningWithoutACloseInBetweenLengthensTheCooldown() {
		use(TestPolicies.model()
			.halfOpenCalls(1)
			.cooldown((base) -> new CooldownPolicy(Duration.ofSeconds(30), 2, 0, Duration.ofMinutes(3), true)));
		this.fixture.open();
		for (int seconds : List.of(30, 60, 120, 180, 180)) {
			assertThat(this.fixture.breaker().remainingCooldown()).isEqualTo(Duration.ofSeconds(seconds));
			this.fixture.time.advanceSeconds(seconds);
			this.fixture.call(FAILURE);
		}
		this.fixture.time.advanceSeconds(180);
		this.fixture.call(SUCCESS);
		this.fixture.open();
		assertThat(this.fixture.breaker().remainingCooldown()).isEqualTo(Duration.ofSeconds(30));
	}

	@Test
	void resetForgetsTheReopenings() {
		use(TestPolicies.model()
			.halfOpenCalls(1)
			.cooldown((base) -> new CooldownPolicy(Duration.ofSeconds(30), 2, 0, Duration.ofMinutes(3), true)));
		this.fixture.halfOpen().call(FAILURE);
		this.fixture.breaker().reset();
		this.fixture.open();
		assertThat(this.fixture.breaker().remainingCooldown()).isEqualTo(Duration.ofSeconds(30));
	}

	@ParameterizedTest
	@CsvSource({ "0, PT27S", "0.5, PT30S", "1, PT33S" })
	void jitterVariesTheConfiguredCooldownUpAndDown(double random, Duration expected) {
		use(TestPolicies.model().cooldown((base) -> new CooldownPolicy(base.base(), 1, 0.1, base.max(), true)));
		this.fixture.random = () -> random;
		this.fixture.open();
		assertThat(this.fixture.breaker().remainingCooldown()).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "0, PT40S, PT40S", "1, PT40S, PT40S", "0, PT20S, PT20S", "1, PT10M, PT45S", "1, , PT45S" })
	void jitterNeverGoesBelowTheHintNorAboveTheCap(double random, Duration hint, Duration expected) {
		use(TestPolicies.model()
			.cooldown((base) -> new CooldownPolicy(hint == null ? Duration.ofSeconds(44) : Duration.ofSeconds(20), 1,
					0.5, Duration.ofSeconds(45), true)));
		this.fixture.random = () -> random;
		this.fixture.calls(4, FAILURE);
		this.fixture.call(new CallOutcome(OutcomeKind.RATE_LIMITED, OutcomeScope.MODEL, true, hint, 429));
		assertThat(this.fixture.breaker().remainingCooldown()).isEqualTo(expected);
	}

	@Test
	void cooldownAboveTheCapIsTheCap() {
		use(TestPolicies.model().cooldown(Duration.ofHours(1)));
		this.fixture.open();
		assertThat(this.fixture.breaker().remainingCooldown()).isEqualTo(Duration.ofMinutes(5));
	}

	private void use(TestPolicies.Draft policy) {
		this.fixture = BreakerFixture.with(policy);
	}

	@Test
	void adaptiveBreakerProbesSoonAtFirst() {
		this.fixture = BreakerFixture.with(TestPolicies.model().adaptive());
		assertThat(this.fixture.open().breaker().remainingCooldown()).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void adaptiveBreakerProbesEverLaterTheLongerItLasts() {
		this.fixture = BreakerFixture.with(TestPolicies.model().adaptive());
		this.fixture.open();
		Duration before = Duration.ZERO;
		for (int probe = 0; probe < 40; probe++) {
			Duration cooldown = this.fixture.breaker().remainingCooldown();
			assertThat(cooldown).isBetween(before, Duration.ofSeconds(30));
			before = cooldown;
			reject(2 * (int) Math.max(1, cooldown.toSeconds()));
			this.fixture.time.advance(cooldown);
			this.fixture.call(FAILURE);
		}
		assertThat(before).isGreaterThan(Duration.ofSeconds(15));
	}

	@ParameterizedTest
	@CsvSource({ "1000, 1", "200, 10", "8, 30", "0, 30" })
	void adaptiveBreakerProbesTheLaterTheFewerCallsWait(int rejected, int seconds) {
		this.fixture = BreakerFixture.with(TestPolicies.model().adaptive());
		this.fixture.open();
		reject(rejected);
		this.fixture.time.advanceSeconds((rejected < 1000) ? 100 : 1);
		this.fixture.call(FAILURE);
		assertThat(this.fixture.breaker().remainingCooldown()).isCloseTo(Duration.ofSeconds(seconds),
				Duration.ofMillis(200));
	}

	@Test
	void hintOfTheProviderWinsOverAnAdaptiveProbe() {
		this.fixture = BreakerFixture.with(TestPolicies.model().adaptive());
		this.fixture.calls(5, hinting(Duration.ofSeconds(20)));
		assertThat(this.fixture.breaker().remainingCooldown()).isEqualTo(Duration.ofSeconds(20));
		this.fixture = BreakerFixture.with(TestPolicies.model().adaptive());
		this.fixture.calls(5, hinting(Duration.ofHours(1)));
		assertThat(this.fixture.breaker().remainingCooldown()).isEqualTo(Duration.ofMinutes(5));
	}

	@Test
	void adaptiveBreakerNeedsAllItsProbesAndOneFailureOpensIt() {
		this.fixture = BreakerFixture.with(TestPolicies.model().adaptive());
		this.fixture.open().time.advanceSeconds(1);
		this.fixture.calls(2, SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.HALF_OPEN);
		this.fixture.call(FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
		this.fixture.time.advance(this.fixture.breaker().remainingCooldown());
		this.fixture.calls(3, SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void adaptiveBreakerCountsAnOutageFromTheLastSignOfLife() {
		this.fixture = BreakerFixture.with(TestPolicies.model().adaptive());
		this.fixture.open().time.advanceSeconds(300);
		this.fixture.call(FAILURE);
		assertThat(this.fixture.breaker().remainingCooldown()).isEqualTo(Duration.ofSeconds(30));
		this.fixture.time.advanceSeconds(30);
		this.fixture.calls(1, SUCCESS).time.advanceSeconds(4);
		this.fixture.call(FAILURE);
		assertThat(this.fixture.breaker().remainingCooldown()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));
		reject(7);
		this.fixture.time.advanceSeconds(6);
		this.fixture.call(FAILURE);
		assertThat(this.fixture.breaker().remainingCooldown()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));
		this.fixture.time.advanceSeconds(6);
		assertThat(this.fixture.calls(3, SUCCESS).state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void nextOutageBeginsWithAnEarlyProbeAgain() {
		this.fixture = BreakerFixture.with(TestPolicies.model().adaptive());
		this.fixture.open().time.advanceSeconds(100);
		this.fixture.call(FAILURE);
		this.fixture.time.advanceSeconds(30);
		this.fixture.calls(3, SUCCESS);
		this.fixture.time.advanceSeconds(300);
		assertThat(this.fixture.open().breaker().remainingCooldown()).isEqualTo(Duration.ofSeconds(1));
	}

	private void reject(int times) {
		for (int i = 0; i < times; i++) {
			this.fixture.rejected();
		}
	}

}
