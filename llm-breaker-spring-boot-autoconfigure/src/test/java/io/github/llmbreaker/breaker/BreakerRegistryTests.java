// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeScope;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.llmbreaker.breaker.BreakerFixture.AUTH;
import static io.github.llmbreaker.breaker.BreakerFixture.FAILURE;
import static io.github.llmbreaker.breaker.BreakerFixture.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for names, isolation and the bound.
 */
class BreakerRegistryTests {

	private final BreakerFixture fixture = new BreakerFixture();

	@ParameterizedTest
	@CsvSource({ "MODEL, openai, chat.completions, gpt-4.1, openai:gpt-4.1", "MODEL, openai, , gpt-4.1, openai:gpt-4.1",
			"MODEL, openai, chat.completions, , openai:*", "MODEL, openai, unknown, gpt-4.1, ",
			"ENDPOINT, openai, chat.completions, gpt-4.1, openai:chat.completions:gpt-4.1",
			"ENDPOINT, openai, , gpt-4.1, openai:*:gpt-4.1", "ENDPOINT, openai, responses, , openai:responses:*",
			"ENDPOINT, openai, unknown, , openai:unknown:*", "ENDPOINT, openai, , , openai:*:*" })
	void names(Isolation isolation, String provider, @Nullable String endpoint, @Nullable String model,
			@Nullable String expected) {
		this.fixture.isolation = isolation;
		TargetGate gate = this.fixture.registry().gate(new LlmTarget(provider, endpoint, model));
		Breaker breaker = gate.modelBreaker();
		assertThat((breaker != null) ? breaker.name() : null).isEqualTo(expected);
		assertThat(gate.providerBreaker().name()).isEqualTo("openai");
		assertThat(gate.providerBreaker().scope()).isEqualTo(OutcomeScope.PROVIDER);
		if (breaker != null) {
			assertThat(breaker.scope()).isEqualTo(OutcomeScope.MODEL);
			assertThat(breaker.provider()).isEqualTo("openai");
			assertThat(breaker.endpoint()).isEqualTo((isolation == Isolation.ENDPOINT) ? endpoint : null);
			assertThat(breaker.model()).isEqualTo(model);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "llama3:8b", "vendor/model@2026", "GPT-4.1", "gpt-4.1", "gpt-4.1-2026-04-14",
			"arn:aws:bedrock:us-east-1:123:inference-profile/x" })
	@DisplayName("Model names with anything in them have a breaker of their own")
	void anyModelName(String model) {
		this.fixture.registry().gate(LlmTarget.of("openai", "Gpt-4.1"));
		this.fixture.registry().gate(LlmTarget.of("openai", model));
		assertThat(this.fixture.registry().find("openai:" + model)).get().extracting(Breaker::model).isEqualTo(model);
		assertThat(this.fixture.registry().all()).hasSize(3);
	}

	@ParameterizedTest
	@MethodSource("namesToClean")
	void namesHoldNothingThatCannotBeSeen(String name, String cleaned) {
		TargetGate gate = this.fixture.registry().gate(new LlmTarget("openai", null, name));
		assertThat(gate.modelBreaker().name()).isEqualTo("openai:" + cleaned);
		assertThat(gate.target().model()).isEqualTo(cleaned);
		assertThat(new LlmTarget(name, name, null)).isEqualTo(new LlmTarget(cleaned, cleaned, null));
	}

	static Stream<Arguments> namesToClean() {
		String smile = "\uD83D\uDE00";
		Stream<Arguments> unseen = Stream
			.of("\u2028", "\u2029", "\u202A", "\u202E", "\u2066", "\u2069", "\u200E", "\u200F", "\u061C", "\u0000",
					"\u0085", "\uFEFF", "\u00AD", "\uD83D", "\uDE00", "\uDB40\uDC41")
			.map((bad) -> Arguments.of("x" + bad + "yz", "xyz"));
		Stream<Arguments> cut = Stream.of(Arguments.of("a".repeat(199) + smile, "a".repeat(199)),
				Arguments.of("a".repeat(198) + smile + "b", "a".repeat(198) + smile),
				Arguments.of("a".repeat(199) + "\u202E" + "bc", "a".repeat(199) + "b"));
		return Stream.concat(unseen, cut);
	}

	@Test
	void cleanNamesStayTheSameObject() {
		String model = "vendor/m\u00F6del \uD83D\uDE00:free";
		assertThat(LlmTarget.of("openai", model).model()).isSameAs(model);
	}

	@Test
	@DisplayName("Under isolation endpoint one model at two endpoints has two breakers")
	void endpoints() {
		this.fixture.isolation = Isolation.ENDPOINT;
		TargetGate chat = this.fixture.registry().gate(BreakerFixture.TARGET);
		TargetGate responses = this.fixture.registry().gate(new LlmTarget("openai", "responses", "gpt-4.1"));
		for (int i = 0; i < 5; i++) {
			chat.acquire(null).complete(FAILURE);
		}
		assertThat(chat.isCallable()).isFalse();
		assertThat(responses.isCallable()).isTrue();
	}

	@Test
	void underIsolationModelTheEndpointsShareABreaker() {
		TargetGate chat = this.fixture.registry().gate(BreakerFixture.TARGET);
		TargetGate responses = this.fixture.registry().gate(new LlmTarget("openai", "responses", "gpt-4.1"));
		assertThat(chat).isNotSameAs(responses);
		assertThat(chat.modelBreaker()).isSameAs(responses.modelBreaker());
	}

	@Test
	void gateIsMadeOnce() {
		assertThat(this.fixture.gate()).isSameAs(this.fixture.gate());
		assertThat(this.fixture.gate().target()).isEqualTo(BreakerFixture.TARGET);
		assertThat(this.fixture.gate().policy().breaker()).isEqualTo(this.fixture.model);
		assertThat(this.fixture.providerBreaker().policy()).isEqualTo(this.fixture.provider);
		assertThat(this.fixture.listener.created).extracting(Breaker::name).containsExactly("openai", "openai:gpt-4.1");
	}

	@Test
	void findNeverCreates() {
		assertThat(this.fixture.registry().find("openai:gpt-4.1")).isEmpty();
		assertThat(this.fixture.registry().all()).isEmpty();
	}

	@Test
	void allIsSortedByName() {
		this.fixture.registry().gate(LlmTarget.of("openai", "b"));
		this.fixture.registry().gate(LlmTarget.of("anthropic", "c"));
		this.fixture.registry().gate(LlmTarget.of("openai", "a"));
		assertThat(this.fixture.registry().all()).extracting(Breaker::name)
			.containsExactly("anthropic", "anthropic:c", "openai", "openai:a", "openai:b");
	}

	@Test
	@DisplayName("Ten thousand model names do not make ten thousand breakers")
	void bound() {
		Set<String> live = new HashSet<>();
		this.fixture.listeners.add(new BreakerListener() {

			@Override
			public void onCreated(BreakerView breaker) {
				assertThat(live.add(breaker.name())).isTrue();
			}

			@Override
			public void onEvicted(BreakerView breaker) {
				assertThat(live.remove(breaker.name())).isTrue();
			}

		});
		for (int i = 0; i < 10_000; i++) {
			call("model-" + i);
			this.fixture.time.advanceSeconds(1);
		}
		assertThat(this.fixture.registry().all()).hasSize(1000);
		assertThat(live).hasSize(1000)
			.contains("openai", "openai:model-9999", "openai:model-9001")
			.doesNotContain("openai:model-9000");
		assertThat(this.fixture.listener.evictedGates).hasSize(9001);
	}

	@Test
	void boundHoldsForTargetsWithoutAModelBreaker() {
		this.fixture.maxBreakers = 10;
		for (int i = 0; i < 1000; i++) {
			this.fixture.registry().gate(new LlmTarget("openai", "unknown", "file-" + i));
		}
		assertThat(this.fixture.listener.evictedGates).hasSize(960);
		assertThat(this.fixture.listener.evicted).isEmpty();
	}

	@Test
	void openBreakersOutliveClosedOnes() {
		this.fixture.maxBreakers = 3;
		for (int i = 0; i < 5; i++) {
			this.fixture.registry().gate(LlmTarget.of("openai", "dead")).acquire(null).complete(FAILURE);
		}
		for (int i = 0; i < 100; i++) {
			this.fixture.time.advanceSeconds(1);
			call("model-" + i);
		}
		assertThat(this.fixture.registry().all()).extracting(Breaker::name)
			.containsExactly("openai", "openai:dead", "openai:model-99");
	}

	@Test
	void leastRecentlyUsedGoesFirst() {
		this.fixture.maxBreakers = 4;
		for (String model : new String[] { "a", "b", "c", "a", "d" }) {
			this.fixture.time.advanceSeconds(1);
			call(model);
		}
		assertThat(this.fixture.registry().all()).extracting(Breaker::name)
			.containsExactly("openai", "openai:a", "openai:c", "openai:d");
	}

	@Test
	void endOfALongCallIsAUse() {
		this.fixture.maxBreakers = 3;
		CallPermit streaming = this.fixture.start();
		this.fixture.time.advanceSeconds(60);
		call("b");
		this.fixture.time.advanceSeconds(60);
		streaming.complete(SUCCESS);
		call("c");
		assertThat(this.fixture.registry().all()).extracting(Breaker::name)
			.containsExactly("openai", "openai:c", "openai:gpt-4.1");
	}

	@Test
	void ifAllAreForcedOpenTheOneThatAllOthersShareIsOneMore() {
		this.fixture.maxBreakers = 4;
		for (String model : new String[] { "a", "b", "c" }) {
			this.fixture.time.advanceSeconds(1);
			call(model);
			this.fixture.registry().find("openai:" + model).orElseThrow().forceOpen(null);
		}
		this.fixture.registry().find("openai").orElseThrow().halfOpen();
		this.fixture.time.advanceSeconds(1);
		call("d");
		call("e");
		assertThat(this.fixture.registry().all()).extracting(Breaker::name)
			.containsExactly("openai", "openai:*", "openai:a", "openai:b", "openai:c");
	}

	@Test
	void gateOfAnEvictedBreakerStillWorksForWhoHoldsIt() {
		this.fixture.maxBreakers = 2;
		TargetGate held = this.fixture.gate();
		CallPermit inFlight = held.acquire(null);
		this.fixture.registry().gate(BreakerFixture.SIBLING);
		assertThat(held.isEvicted()).isTrue();
		assertThat(held.modelBreaker().isEvicted()).isTrue();
		inFlight.complete(FAILURE);
		for (int i = 0; i < 4; i++) {
			held.acquire(null).complete(FAILURE);
		}
		assertThat(held.isCallable()).isFalse();
		assertThat(this.fixture.gate()).isNotSameAs(held).satisfies((gate) -> {
			assertThat(gate.modelBreaker()).isSameAs(held.modelBreaker());
			assertThat(gate.isCallable()).isFalse();
		});
	}

	@Test
	void oneBreakerIsLittleButWorks() {
		this.fixture.maxBreakers = 1;
		for (int i = 0; i < 20; i++) {
			this.fixture.registry()
				.gate(LlmTarget.of("provider-" + (i % 3), "model-" + (i % 2)))
				.acquire(null)
				.complete(SUCCESS);
			assertThat(this.fixture.registry().all()).hasSizeLessThanOrEqualTo(1);
		}
	}

	@Test
	void evictedProviderBreakerTakesItsGatesAlong() {
		this.fixture.maxBreakers = 4;
		TargetGate first = this.fixture.registry().gate(LlmTarget.of("a", "x"));
		this.fixture.time.advanceSeconds(1);
		this.fixture.registry().gate(LlmTarget.of("b", "x"));
		this.fixture.time.advanceSeconds(1);
		this.fixture.registry().gate(LlmTarget.of("c", "x"));
		assertThat(first.isEvicted()).isTrue();
		assertThat(this.fixture.registry().all()).hasSize(4);
	}

	@Test
	void providersAreApart() {
		for (int i = 0; i < 3; i++) {
			this.fixture.call(AUTH);
		}
		assertThat(this.fixture.providerBreaker().state()).isEqualTo(BreakerState.OPEN);
		this.fixture.registry().gate(LlmTarget.of("anthropic", "claude")).acquire(null).complete(SUCCESS);
	}

	private void call(String model) {
		this.fixture.registry().gate(LlmTarget.of("openai", model)).acquire(null).complete(SUCCESS);
	}

}
