// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.time.Duration;
import java.util.Set;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.BreakerPolicy;
import io.github.llmbreaker.breaker.CallPolicy;
import io.github.llmbreaker.breaker.CooldownStrategy;
import io.github.llmbreaker.breaker.FallbackModel;
import io.github.llmbreaker.breaker.HalfOpenPolicy;
import io.github.llmbreaker.breaker.OpeningPolicy;
import io.github.llmbreaker.breaker.OpeningStrategy;
import io.github.llmbreaker.breaker.StreamRecovery;
import io.github.llmbreaker.breaker.TimeoutPolicy;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link PolicyCatalog}.
 */
class PolicyCatalogTests {

	private static final LlmTarget GPT = new LlmTarget("openai", "chat.completions", "gpt-4.1");

	@Test
	void withoutAnyKeyTheDefaultsAreAdaptive() {
		PolicyCatalog catalog = catalog("");
		CallPolicy policy = catalog.forTarget(GPT);
		assertThat(policy).isEqualTo(BuiltInPolicies.MODEL);
		assertThat(policy.breaker().name()).isEqualTo("defaults");
		assertThat(policy).isEqualTo(catalog("llm-breaker: { defaults: { preset: adaptive } }").forTarget(GPT));
		BreakerPolicy provider = catalog.forProvider("openai");
		assertThat(provider.name()).isEqualTo("provider-defaults");
		assertThat(provider.failureThreshold()).isEqualTo(3);
		assertThat(provider.window()).isZero();
		assertThat(provider.cooldown().base()).isEqualTo(Duration.ofSeconds(30));
		assertThat(provider.halfOpen().calls()).isEqualTo(1);
	}

	@Test
	void adaptiveOpensByEvidenceAndProbesByWhatIsAtStake() {
		BreakerPolicy policy = catalog("").forTarget(GPT).breaker();
		assertThat(policy.opening()).isEqualTo(OpeningPolicy.EVIDENCE);
		assertThat(policy.cooldown().strategy()).isEqualTo(CooldownStrategy.ADAPTIVE);
		assertThat(policy.cooldown().min()).isEqualTo(Duration.ofSeconds(1));
	}

	@ParameterizedTest
	@CsvSource({ "'', true", "preset: adaptive, true", "half-open-timeout: 1m, true", "half-open-calls: 3, false",
			"preset: consecutive, false" })
	void probesThatGoOnCountUnlessANumberOfProbesIsAskedFor(String keys, boolean adaptive) {
		HalfOpenPolicy policy = catalog("llm-breaker: { defaults: { " + keys + " } }").forTarget(GPT)
			.breaker()
			.halfOpen();
		assertThat(policy.adaptive()).isEqualTo(adaptive);
	}

	@Test
	void policyInheritsThatANumberOfProbesIsAskedFor() {
		BreakerPolicy policy = catalog("llm-breaker: { defaults: { half-open-calls: 5 }, policies: { it: "
				+ "{ models: [\"*\"], preset: adaptive } } }")
			.forTarget(GPT)
			.breaker();
		assertThat(policy.halfOpen()).isEqualTo(new HalfOpenPolicy(5, Duration.ofMinutes(2)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "window: 0s", "failure-rate-threshold: 20", "opening-rule: threshold", "preset: strict" })
	void whoSetsTheNumbersOfTheThresholdGetsIt(String keys) {
		BreakerPolicy policy = catalog("llm-breaker: { policies: { it: { models: [\"*\"], " + keys + " } } }")
			.forTarget(GPT)
			.breaker();
		assertThat(policy.opening().strategy()).isEqualTo(OpeningStrategy.THRESHOLD);
	}

	@ParameterizedTest
	@ValueSource(strings = { "failure-threshold: 5", "preset: adaptive, window: 30s",
			"opening-rule: evidence, window: 30s", "false-alarms-per-day: 0.1" })
	void otherKeysLeaveTheEvidence(String keys) {
		BreakerPolicy policy = catalog("llm-breaker: { policies: { it: { models: [\"*\"], " + keys + " } } }")
			.forTarget(GPT)
			.breaker();
		assertThat(policy.opening()).isEqualTo(OpeningPolicy.EVIDENCE);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "cooldown: 10s | FIXED", "cooldown-multiplier: 2 | FIXED", "cooldown-strategy: fixed | FIXED",
					"min-cooldown: 2s, cooldown: 10s | ADAPTIVE",
					"cooldown-strategy: adaptive, cooldown: 10s | ADAPTIVE",
					"preset: adaptive, cooldown: 10s | ADAPTIVE", "failure-threshold: 5 | ADAPTIVE" })
	void whoSetsACooldownGetsIt(String keys, CooldownStrategy expected) {
		BreakerPolicy policy = catalog("llm-breaker: { policies: { it: { models: [\"*\"], " + keys + " } } }")
			.forTarget(GPT)
			.breaker();
		assertThat(policy.cooldown().strategy()).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "adaptive, 3, 60, 30, 3, 50", "balanced, 5, 60, 30, 3, 50", "lenient, 10, 60, 30, 3, 50",
			"strict, 3, 60, 120, 3, 50", "consecutive, 5, 0, 60, 1, 50", "gateway, 5, 10, 30, 3, 0" })
	void presetsSetThresholdsAndTimes(String preset, int failures, int window, int cooldown, int halfOpenCalls,
			double rate) {
		BreakerPolicy policy = catalog("llm-breaker.defaults.preset: " + preset).forTarget(GPT).breaker();
		assertThat(policy.failureThreshold()).isEqualTo(failures);
		assertThat(policy.window()).isEqualTo(Duration.ofSeconds(window));
		assertThat(policy.cooldown().base()).isEqualTo(Duration.ofSeconds(cooldown));
		assertThat(policy.halfOpen().calls()).isEqualTo(halfOpenCalls);
		assertThat(policy.failureRateThreshold()).isEqualTo(rate);
	}

	@Test
	void keysWinOverThePresetBesideThem() {
		BreakerPolicy policy = catalog("llm-breaker: { defaults: { cooldown: 7s, preset: strict } }").forTarget(GPT)
			.breaker();
		assertThat(policy.cooldown().base()).isEqualTo(Duration.ofSeconds(7));
		assertThat(policy.failureThreshold()).isEqualTo(3);
	}

	@Test
	void presetOfAPolicyWinsOverTheKeysOfTheDefaultsThatItSets() {
		BreakerPolicy policy = catalog("""
				llm-breaker:
				  defaults: { failure-threshold: 9, half-open-calls: 8, cooldown-jitter: 0 }
				  policies:
				    it: { models: ["*"], preset: strict, window: 5s }
				""").forTarget(GPT).breaker();
		assertThat(policy.name()).isEqualTo("it");
		assertThat(policy.failureThreshold()).isEqualTo(3);
		assertThat(policy.window()).isEqualTo(Duration.ofSeconds(5));
		assertThat(policy.halfOpen().calls()).isEqualTo(8);
		assertThat(policy.cooldown().jitter()).isZero();
	}

	@Test
	@DisplayName("Key by key: a zero is a value, what a policy doesn't set comes from the defaults, siblings keep them")
	void policiesInheritKeyByKey() {
		PolicyCatalog catalog = catalog("""
				llm-breaker:
				  defaults:
				    failure-threshold: 10
				    failure-rate-threshold: 40
				    count: [SERVER_ERROR, TIMEOUT]
				    retry: { max-retries: 2, backoff: 1s, budget: 12.5 }
				    fallbacks: [spare]
				    total-timeout: 1m
				  policies:
				    mini: { models: ["*mini"], failure-rate-threshold: 0, retry: { max-retries: 0 }, fallbacks: [] }
				""");
		CallPolicy mini = catalog.forTarget(LlmTarget.of("openai", "gpt-4.1-mini"));
		assertThat(mini.breaker().name()).isEqualTo("mini");
		assertThat(mini.breaker().failureRateThreshold()).isZero();
		assertThat(mini.breaker().failureThreshold()).isEqualTo(10);
		assertThat(mini.breaker().count()).containsExactlyInAnyOrder(OutcomeKind.SERVER_ERROR, OutcomeKind.TIMEOUT);
		assertThat(mini.retry().maxRetries()).isZero();
		assertThat(mini.retry().backoff()).isEqualTo(Duration.ofSeconds(1));
		assertThat(mini.retry().budget()).isEqualTo(12.5);
		assertThat(mini.fallbacks()).isEmpty();
		assertThat(mini.timeouts()).isEqualTo(new TimeoutPolicy(null, null, null, Duration.ofMinutes(1)));
		CallPolicy sibling = catalog.forTarget(GPT);
		assertThat(sibling.breaker().failureRateThreshold()).isEqualTo(40);
		assertThat(sibling.retry().maxRetries()).isEqualTo(2);
		assertThat(sibling.fallbacks()).containsExactly(new FallbackModel(null, "spare"));
	}

	@Test
	@DisplayName("Which kinds count is a list per policy")
	void countReplacesTheInheritedList() {
		PolicyCatalog catalog = catalog("""
				llm-breaker:
				  policies:
				    one: { models: ["gpt*"], count: [rate-limited, OVERLOADED], stream-recovery: buffer }
				    none: { models: ["o3"], count: [] }
				""");
		assertThat(catalog.forTarget(GPT).breaker().count())
			.isEqualTo(Set.of(OutcomeKind.RATE_LIMITED, OutcomeKind.OVERLOADED));
		assertThat(catalog.forTarget(GPT).streamRecovery()).isEqualTo(StreamRecovery.BUFFER);
		assertThat(catalog.forTarget(LlmTarget.of("openai", "o3")).breaker().count()).isEmpty();
		assertThat(catalog.forTarget(LlmTarget.of("openai", "o4")).breaker().count()).hasSize(9);
	}

	@Test
	@DisplayName("An empty value is as good as none")
	void emptyValuesAreNotSet() {
		CallPolicy policy = catalog("""
				llm-breaker:
				  defaults:
				    slow-call-duration: 20s
				    cooldown:
				  policies:
				    it: { models: ["*"], slow-call-duration: , first-token-timeout: }
				""").forTarget(GPT);
		assertThat(policy.breaker().slowCallDuration()).isEqualTo(Duration.ofSeconds(20));
		assertThat(policy.breaker().cooldown().base()).isEqualTo(Duration.ofSeconds(30));
		assertThat(policy.timeouts()).isEqualTo(TimeoutPolicy.NONE);
	}

	@Test
	void sectionsWithEveryKeyCommentedOutAreNotSet() {
		CallPolicy policy = catalog("""
				llm-breaker:
				  defaults:
				    # cooldown: 5s
				  provider-defaults:
				  providers:
				    openai:
				""").forTarget(GPT);
		assertThat(policy).isEqualTo(BuiltInPolicies.MODEL);
	}

	@Test
	@DisplayName("YAML takes an unquoted 'on' for the boolean")
	void kindsToRetryCanBeWrittenInYaml() {
		for (String key : new String[] { "on", "'on'", "ON" }) {
			CallPolicy policy = catalog("llm-breaker: { defaults: { retry: { %s: [TIMEOUT] } } }".formatted(key))
				.forTarget(GPT);
			assertThat(policy.retry().on()).as(key).containsExactly(OutcomeKind.TIMEOUT);
		}
	}

	@Test
	void longestLiteralPartWins() {
		PolicyCatalog catalog = catalog("""
				llm-breaker:
				  policies:
				    all: { models: ["*"] }
				    family: { models: ["gpt-4*"] }
				    exact: { models: ["gpt-4.1"] }
				    sized: { models: ["*-mini", "anthropic:claude-opus-*"] }
				    vendor: { models: ["azure:gpt-4*"] }
				""");
		assertThat(name(catalog, "openai", "gpt-4.1")).isEqualTo("exact");
		assertThat(name(catalog, "openai", "gpt-4o")).isEqualTo("family");
		assertThat(name(catalog, "openai", "gpt-4o-mini")).isEqualTo("family");
		assertThat(name(catalog, "openai", "o4-mini")).isEqualTo("sized");
		assertThat(name(catalog, "azure", "gpt-4o")).isEqualTo("vendor");
		assertThat(name(catalog, "anthropic", "claude-opus-4")).isEqualTo("sized");
		assertThat(name(catalog, "openai", "claude-opus-4")).isEqualTo("all");
		assertThat(catalog.forTarget(new LlmTarget("openai", null, null)).breaker().name()).isEqualTo("all");
	}

	@Test
	void tiesGoToTheFirstDeclared() {
		String yaml = """
				llm-breaker:
				  policies:
				    zulu: { models: ["gpt*"] }
				    alpha: { models: ["gp*t"] }
				    mike: { models: ["*gpt"] }
				""";
		assertThat(name(catalog(yaml), "openai", "gpt")).isEqualTo("zulu");
	}

	@Test
	void endpointsLimitAPolicy() {
		PolicyCatalog catalog = catalog("""
				llm-breaker:
				  isolation: endpoint
				  policies:
				    vectors: { endpoints: [embeddings] }
				    both: { models: ["gpt*"], endpoints: [responses, chat.completions] }
				""");
		assertThat(catalog.forTarget(GPT).breaker().name()).isEqualTo("both");
		assertThat(catalog.forTarget(new LlmTarget("openai", "embeddings", "gpt-x")).breaker().name())
			.isEqualTo("vectors");
		assertThat(catalog.forTarget(LlmTarget.of("openai", "gpt-4.1")).breaker().name()).isEqualTo("defaults");
	}

	@Test
	void breakersOfProvidersInheritFromProviderDefaults() {
		PolicyCatalog catalog = catalog("""
				llm-breaker:
				  defaults: { cooldown: 1s, half-open-calls: 9 }
				  provider-defaults: { half-open-calls: 2, window: 10s }
				  providers:
				    openai: { breaker: { cooldown: 1m, count: [AUTH] } }
				    azure: { api-key: secret }
				""");
		BreakerPolicy openai = catalog.forProvider("openai");
		assertThat(openai.cooldown().base()).isEqualTo(Duration.ofMinutes(1));
		assertThat(openai.count()).containsExactly(OutcomeKind.AUTH);
		assertThat(openai.halfOpen().calls()).isEqualTo(2);
		assertThat(openai.window()).isEqualTo(Duration.ofSeconds(10));
		assertThat(openai.failureThreshold()).isEqualTo(3);
		assertThat(catalog.forProvider("azure").cooldown().base()).isEqualTo(Duration.ofSeconds(30));
		assertThat(catalog.forProvider("never-heard-of")).isEqualTo(catalog.forProvider("azure"));
	}

	@Test
	void fallbacksNameTheirProviderOnlyIfThereIsSuchAProvider() {
		assertThat(catalog("llm-breaker.defaults.fallbacks: [\"gpt-4.1-mini\", \"anthropic:claude:x\", \"llama3:8b\"]")
			.forTarget(GPT)
			.fallbacks()).containsExactly(new FallbackModel(null, "gpt-4.1-mini"),
					new FallbackModel("anthropic", "claude:x"), new FallbackModel(null, "llama3:8b"));
	}

	private static String name(PolicyCatalog catalog, String provider, String model) {
		return catalog.forTarget(LlmTarget.of(provider, model)).breaker().name();
	}

	private static PolicyCatalog catalog(String yaml) {
		return new PolicyCatalog(Bound.yaml(yaml), Set.of("openai", "azure", "anthropic")::contains);
	}

}
