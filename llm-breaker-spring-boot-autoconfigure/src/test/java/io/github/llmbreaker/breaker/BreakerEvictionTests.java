// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.llmbreaker.breaker.BreakerFixture.AUTH;
import static io.github.llmbreaker.breaker.BreakerFixture.FAILURE;
import static io.github.llmbreaker.breaker.BreakerFixture.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what goes when there is no room, and what doesn't.
 */
class BreakerEvictionTests {

	private final BreakerFixture fixture = new BreakerFixture();

	@ParameterizedTest
	@ValueSource(ints = { 1, 5 })
	void manyNamesThatFailedDoNotHideTheFailuresOfANewModel(int failuresOfEach) {
		for (int i = 0; i < 1200; i++) {
			fail("junk-" + i, failuresOfEach);
		}
		for (int i = 0; i < 5 && registry().gate(target("new")).isCallable(); i++) {
			fail("new", 1);
			fail("more-junk-" + i, 1);
		}
		TargetGate gate = registry().gate(target("new"));
		assertThatExceptionOfType(LlmCallRejectedException.class).isThrownBy(() -> gate.acquire(null))
			.satisfies((rejection) -> assertThat(rejection.getTarget()).isEqualTo(target("new")))
			.withMessageStartingWith("Circuit breaker 'openai:*' is open after OVERLOADED");
		assertThat(registry().all()).hasSize(1000);
		assertThat(find("junk-1").snapshot().calls().failed()).isEqualTo(failuresOfEach);
		assertCreatedAndEvictedAreBalanced();
	}

	@Test
	void partitionsThatAreIdleMakeRoomForOthers() {
		this.fixture.maxBreakers = 10;
		for (int i = 0; i < 100; i++) {
			this.fixture.time.advance(Duration.ofSeconds(1));
			LlmTarget tenant = new LlmTarget("openai@tenant-" + i, "chat.completions", "gpt-4.1");
			registry().gate(tenant).acquire(null).complete(SUCCESS);
			assertThat(names()).contains("openai@tenant-" + i, "openai@tenant-" + i + ":gpt-4.1")
				.hasSizeLessThanOrEqualTo(10);
		}
		assertCreatedAndEvictedAreBalanced();
	}

	@Test
	void partitionsThatFailedDoNotGoForNewOnes() {
		this.fixture.maxBreakers = 8;
		List<String> dead = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			this.fixture.time.advance(Duration.ofMillis(10));
			LlmTarget tenant = new LlmTarget("openai@tenant-" + i, "chat.completions", "gpt-4.1");
			TargetGate gate = registry().gate(tenant);
			for (int call = 0; call < 3 && gate.isCallable(); call++) {
				gate.acquire(null).complete(AUTH);
			}
			if (gate.providerBreaker().name().equals("openai@tenant-" + i)) {
				dead.add(gate.providerBreaker().name());
			}
			assertThat(names()).hasSizeLessThanOrEqualTo(8);
		}
		// one of them went for the breaker of all who find no room
		assertThat(names()).contains("openai", "openai:*").containsAll(dead.subList(1, 4));
		assertThat(dead.subList(1, 4))
			.allSatisfy((name) -> assertThat(registry().find(name).orElseThrow().state()).isEqualTo(BreakerState.OPEN));
		assertCreatedAndEvictedAreBalanced();
	}

	@Test
	void openBreakerIsForgottenOnceItsCooldownIsOverAndNobodyHasCalledItForTenMinutes() {
		this.fixture.maxBreakers = 3;
		fail("dead", 5);
		fail("failing", 1);
		this.fixture.time.advance(Duration.ofMinutes(9));
		assertThat(registry().gate(target("early")).modelBreaker().name()).isEqualTo("openai:*");
	}

	@Test
	void forgottenBreakerMakesRoom() {
		this.fixture.maxBreakers = 3;
		fail("dead", 5);
		fail("failing", 1);
		this.fixture.time.advance(Duration.ofMinutes(10));
		assertThat(registry().gate(target("late")).modelBreaker().name()).isEqualTo("openai:late");
		assertThat(names()).containsExactly("openai", "openai:failing", "openai:late");
	}

	@Test
	void openBreakerThatIsStillCalledStays() {
		this.fixture.maxBreakers = 3;
		fail("dead", 5);
		fail("failing", 1);
		for (int i = 0; i < 3; i++) {
			this.fixture.time.advance(Duration.ofMinutes(5));
			fail("dead", 1);
		}
		call("new");
		assertThat(names()).contains("openai:dead");
	}

	@Test
	void breakersForcedOrDisabledByHandStay() {
		this.fixture.maxBreakers = 5;
		call("forced");
		find("forced").forceOpen(null);
		call("disabled");
		find("disabled").disable();
		fail("failing", 1);
		for (int i = 0; i < 100; i++) {
			this.fixture.time.advance(Duration.ofHours(1));
			fail("junk-" + i, 5);
		}
		assertThat(names()).contains("openai:forced", "openai:disabled").hasSizeLessThanOrEqualTo(5);
		assertThat(find("forced").state()).isEqualTo(BreakerState.FORCED_OPEN);
		assertThat(find("disabled").state()).isEqualTo(BreakerState.DISABLED);
	}

	@Test
	void breakersForcedByHandStayEvenIfOtherProvidersNeedAllTheRoom() {
		this.fixture.maxBreakers = 3;
		call("forced");
		find("forced").forceOpen(null);
		call("disabled");
		find("disabled").disable();
		registry().find("openai").orElseThrow().forceOpen(null);
		for (String provider : List.of("anthropic", "mistral", "anthropic")) {
			assertThat(registry().gate(LlmTarget.of(provider, "new")).providerBreaker().name()).isEqualTo(provider);
			this.fixture.time.advance(Duration.ofHours(1));
		}
		assertThat(names()).contains("openai", "openai:forced", "openai:disabled").hasSizeLessThanOrEqualTo(3 + 2);
		assertThat(find("forced").state()).isEqualTo(BreakerState.FORCED_OPEN);
		assertThat(registry().gate(target("forced")).modelBreaker()).isSameAs(find("forced"));
	}

	@Test
	void failuresInTheWindowStay() {
		this.fixture.maxBreakers = 4;
		fail("failing", 4);
		for (int i = 0; i < 50; i++) {
			this.fixture.time.advance(Duration.ofMillis(1500));
			call("model-" + i);
		}
		fail("failing", 1);
		assertThat(find("failing").state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	void namesHaveBreakersOfTheirOwnAgainOnceThereIsRoom() {
		this.fixture.maxBreakers = 4;
		fail("a", 5);
		fail("b", 1);
		fail("c", 1);
		call("d");
		TargetGate sharing = registry().gate(target("d"));
		assertThat(sharing.modelBreaker().name()).isEqualTo("openai:*");
		assertThat(sharing.countedAs().target()).isEqualTo(new LlmTarget("openai", null, null));
		assertThat(sharing.target()).isEqualTo(target("d"));
		assertThat(registry().gate(target("d"))).isSameAs(sharing);
		this.fixture.time.advance(Duration.ofMinutes(70));
		TargetGate own = registry().gate(target("d"));
		assertThat(own.modelBreaker().name()).isEqualTo("openai:d");
		assertThat(own.countedAs()).isSameAs(own);
		assertThat(sharing.isEvicted()).isTrue();
		assertCreatedAndEvictedAreBalanced();
	}

	@Test
	void callsThatShareABreakerAreStillDifferentCalls() {
		this.fixture.maxBreakers = 3;
		fail("a", 5);
		fail("b", 1);
		CallPermit outer = registry().gate(target("c")).acquire(null);
		registry().gate(target("d")).acquire(outer).complete(FAILURE);
		outer.complete(SUCCESS);
		assertThat(this.fixture.listener.completed).endsWith("d OVERLOADED", "c SUCCESS");
	}

	@Test
	void breakerWithCallsUnderWayStaysWhileOthersCanGo() {
		this.fixture.maxBreakers = 4;
		call("idle");
		CallPermit running = registry().gate(target("running")).acquire(null);
		Breaker breaker = find("running");
		for (int i = 0; i < 20; i++) {
			this.fixture.time.advanceSeconds(1);
			call("model-" + i);
		}
		assertThat(find("running")).isSameAs(breaker);
		running.complete(FAILURE);
		assertThat(breaker.snapshot().calls().failed()).isOne();
	}

	@Test
	void failureOfACallWhoseBreakerHadToGoIsNotLost() {
		this.fixture.maxBreakers = 2;
		List<CallPermit> running = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			running.add(registry().gate(target("a")).acquire(null));
		}
		Breaker breaker = find("a");
		call("b");
		assertThat(names()).containsExactly("openai", "openai:b");
		running.forEach((permit) -> permit.complete(FAILURE));
		assertThat(find("a")).isSameAs(breaker);
		assertThat(breaker.isEvicted()).isFalse();
		assertThat(registry().gate(target("a")).isCallable()).isFalse();
		assertCreatedAndEvictedAreBalanced();
	}

	@Test
	void failureOfACallCountsAtTheBreakerThatHasItsNameByNow() {
		this.fixture.maxBreakers = 2;
		List<CallPermit> running = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			running.add(registry().gate(target("a")).acquire(null));
		}
		Breaker first = find("a");
		call("b");
		call("a");
		assertThat(find("a")).isNotSameAs(first);
		running.forEach((permit) -> permit.complete(FAILURE));
		assertThat(find("a").state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	void failureOfAProviderWhoseBreakerHadToGoIsNotLost() {
		this.fixture.maxBreakers = 2;
		List<CallPermit> running = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			running.add(registry().gate(target("a")).acquire(null));
		}
		registry().gate(LlmTarget.of("anthropic", "x"));
		registry().gate(LlmTarget.of("mistral", "x"));
		assertThat(registry().find("openai")).isEmpty();
		running.forEach((permit) -> permit.complete(AUTH));
		assertThat(registry().find("openai").orElseThrow().state()).isEqualTo(BreakerState.OPEN);
		assertCreatedAndEvictedAreBalanced();
	}

	private void assertCreatedAndEvictedAreBalanced() {
		List<Breaker> left = new ArrayList<>(this.fixture.listener.created);
		this.fixture.listener.evicted.forEach((evicted) -> assertThat(left.remove(evicted)).isTrue());
		assertThat(registry().all()).containsExactlyInAnyOrderElementsOf(left);
		Set<String> distinct = new HashSet<>(names());
		assertThat(distinct).hasSize(left.size()).hasSizeLessThanOrEqualTo(this.fixture.maxBreakers);
	}

	private BreakerRegistry registry() {
		return this.fixture.registry();
	}

	private List<String> names() {
		return registry().all().stream().map(Breaker::name).toList();
	}

	private Breaker find(String model) {
		return registry().find("openai:" + model).orElseThrow();
	}

	private void call(String model) {
		registry().gate(target(model)).acquire(null).complete(SUCCESS);
	}

	/** Fails as often as it is let in. */
	private void fail(String model, int times) {
		TargetGate gate = registry().gate(target(model));
		for (int i = 0; i < times && gate.isCallable(); i++) {
			gate.acquire(null).complete(FAILURE);
		}
	}

	private static LlmTarget target(String model) {
		return LlmTarget.of("openai", model);
	}

}
