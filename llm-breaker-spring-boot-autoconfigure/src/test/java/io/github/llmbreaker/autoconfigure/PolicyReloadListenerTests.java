// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.actuate.endpoint.LlmBreakersEndpoint;
import io.github.llmbreaker.breaker.Breaker;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.FallbackModel;
import io.github.llmbreaker.breaker.TargetGate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that breakers follow changed policies, all or none, and forget nothing.
 */
@ExtendWith(OutputCaptureExtension.class)
class PolicyReloadListenerTests {

	private static final LlmTarget GPT = new LlmTarget("openai", "chat.completions", "gpt-4.1");

	private static final CallOutcome FAILURE = new CallOutcome(OutcomeKind.OVERLOADED, OutcomeScope.MODEL, true, null,
			529);

	private static final String KEPT = "The policies of the LLM breakers stay as they were";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LlmBreakerAutoConfiguration.class))
		.withPropertyValues("llm-breaker.defaults.preset=balanced", "llm-breaker.defaults.cooldown-jitter=0");

	@Test
	void liveBreakersFollowAndForgetNothing() {
		run((registry, changes) -> {
			fail(registry, 5);
			Breaker breaker = registry.find("openai:gpt-4.1").orElseThrow();
			assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
			Duration before = breaker.remainingCooldown();
			changes.to("llm-breaker.defaults.cooldown", "1h", "llm-breaker.defaults.failure-threshold", "9",
					"llm-breaker.defaults.max-cooldown", "2h");
			assertThat(registry.find("openai:gpt-4.1")).containsSame(breaker);
			assertThat(breaker.policy().failureThreshold()).isEqualTo(9);
			assertThat(breaker.policy().cooldown().base()).isEqualTo(Duration.ofHours(1));
			assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
			assertThat(breaker.remainingCooldown()).isLessThanOrEqualTo(before).isPositive();
			assertThat(breaker.snapshot().calls().failed()).isEqualTo(5);
			breaker.reset();
			fail(registry, 8);
			assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
			fail(registry, 1);
			assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
			assertThat(breaker.remainingCooldown()).isGreaterThan(Duration.ofMinutes(59));
		});
	}

	@Test
	void newPolicyMatchesModelsThatAreCalledAlready() {
		run((registry, changes) -> {
			TargetGate gate = registry.gate(GPT);
			assertThat(gate.policy().breaker().name()).isEqualTo("defaults");
			changes.to("llm-breaker.policies.premium.models", "gpt-4.1*", "llm-breaker.policies.premium.fallbacks",
					"gpt-4.1-mini", "llm-breaker.policies.premium.retry.max-retries", "2",
					"llm-breaker.policies.premium.total-timeout", "7s");
			assertThat(registry.gate(GPT)).isSameAs(gate);
			assertThat(gate.policy().breaker().name()).isEqualTo("premium");
			assertThat(gate.policy().fallbacks()).containsExactly(new FallbackModel(null, "gpt-4.1-mini"));
			assertThat(gate.policy().retry().maxRetries()).isEqualTo(2);
			assertThat(gate.policy().timeouts().total()).isEqualTo(Duration.ofSeconds(7));
			assertThat(gate.modelBreaker()).isNotNull()
				.satisfies((breaker) -> assertThat(breaker.policy().name()).isEqualTo("premium"));
		});
	}

	@Test
	void policyThatIsGoneIsFollowedNoMore() {
		run((registry, changes) -> {
			changes.to("llm-breaker.policies.premium.models", "gpt-4.1*");
			assertThat(registry.gate(GPT).policy().breaker().name()).isEqualTo("premium");
			changes.to();
			assertThat(registry.gate(GPT).policy().breaker().name()).isEqualTo("defaults");
		});
	}

	@Test
	void breakersOfProvidersFollowToo() {
		run((registry, changes) -> {
			Breaker provider = registry.gate(GPT).providerBreaker();
			changes.to("llm-breaker.provider-defaults.failure-threshold", "7",
					"llm-breaker.providers.anthropic.breaker.failure-threshold", "8");
			assertThat(provider.policy().failureThreshold()).isEqualTo(7);
			assertThat(registry.gate(LlmTarget.of("anthropic", "claude-opus-4-5"))
				.providerBreaker()
				.policy()
				.failureThreshold()).isEqualTo(8);
		});
	}

	@Test
	void callUnderWayIsCounted() {
		run((registry, changes) -> {
			CallPermit running = registry.gate(GPT).acquire(null);
			changes.to("llm-breaker.defaults.failure-threshold", "1");
			running.complete(FAILURE);
			assertThat(registry.find("openai:gpt-4.1").orElseThrow().state()).isEqualTo(BreakerState.OPEN);
		});
	}

	@Test
	void badChangeIsRefusedAsAWholeWithOneError(CapturedOutput output) {
		run((registry, changes) -> {
			TargetGate gate = registry.gate(GPT);
			changes.to("llm-breaker.defaults.failure-threshold", "9", "llm-breaker.policies.premium.models", "gpt-4.1*",
					"llm-breaker.policies.premium.cooldown", "0s");
			assertThat(gate.policy().breaker().failureThreshold()).isEqualTo(5);
			assertThat(gate.policy().breaker().name()).isEqualTo("defaults");
		});
		assertThat(output).containsOnlyOnce(KEPT)
			.contains("'llm-breaker.policies.premium.cooldown' must be positive (was PT0S)")
			.doesNotContain("\tat ");
	}

	@Test
	void whatCannotBeReadIsNamed(CapturedOutput output) {
		run((registry, changes) -> {
			changes.to("llm-breaker.defaults.cooldown", "soon");
			changes.to("llm-breaker.defaults.cooldown", "5");
			changes.to("llm-breaker.defaults.coooldown", "5s");
			changes.to("llm-breaker.defaults.fallbacks", "nobody:gpt");
			changes.to("llm-breaker.providers.opnai.breaker.cooldown", "5s");
			assertThat(registry.gate(GPT).policy().breaker().cooldown().base()).isEqualTo(Duration.ofSeconds(30));
		});
		assertThat(output.toString().lines().filter((line) -> line.contains(KEPT))).hasSize(5)
			.satisfiesExactly((line) -> assertThat(line).contains("'llm-breaker.defaults.cooldown'", "soon"),
					(line) -> assertThat(line).contains("'llm-breaker.defaults.cooldown' has no unit"),
					(line) -> assertThat(line).contains("Did you mean 'llm-breaker.defaults.cooldown'?"),
					(line) -> assertThat(line).contains("'llm-breaker.defaults.fallbacks[0]'"),
					(line) -> assertThat(line).contains("'llm-breaker.providers.opnai'"));
	}

	@Test
	void afterABadChangeAGoodOneIsFollowed() {
		run((registry, changes) -> {
			changes.to("llm-breaker.defaults.failure-threshold", "0");
			changes.to("llm-breaker.defaults.failure-threshold", "6");
			assertThat(registry.gate(GPT).policy().breaker().failureThreshold()).isEqualTo(6);
		});
	}

	@Test
	void whatNeedsARestartIsNamedAndTheRestIsFollowed(CapturedOutput output) {
		run((registry, changes) -> {
			changes.to("llm-breaker.mode", "observe", "llm-breaker.providers.other.base-urls", "http://other.test",
					"llm-breaker.providers.other.api-key", "secret", "llm-breaker.defaults.failure-threshold", "6");
			assertThat(registry.gate(GPT).policy().breaker().failureThreshold()).isEqualTo(6);
		});
		assertThat(output)
			.contains("Changes of these properties need a restart: llm-breaker.mode, llm-breaker.providers.other")
			.contains("The LLM breakers follow changed policies: llm-breaker.defaults")
			.doesNotContain("secret");
	}

	@Test
	void nothingIsSaidWhenNothingHasChanged(CapturedOutput output) {
		run((registry, changes) -> changes.to());
		assertThat(output).doesNotContain("follow changed policies", "need a restart", KEPT);
	}

	@Test
	void isOffByOnePropertyAndWhenNothingIsGuarded() {
		this.runner.withPropertyValues("llm-breaker.reload.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(PolicyReloadListener.class));
		this.runner.withPropertyValues("llm-breaker.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(PolicyReloadListener.class));
	}

	@Test
	void endpointShowsThePoliciesInForce() {
		this.runner.withConfiguration(AutoConfigurations.of(LlmBreakerEndpointAutoConfiguration.class))
			.withPropertyValues("spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=llmbreakers",
					"llm-breaker.policies.old.models=o3*")
			.run((context) -> {
				LlmBreakersEndpoint endpoint = context.getBean(LlmBreakersEndpoint.class);
				assertThat(endpoint.breakers().policies()).extracting("name").containsExactly("old");
				context.getEnvironment()
					.getPropertySources()
					.addFirst(new MapPropertySource("changes",
							Map.of("llm-breaker.policies.premium.models", "gpt-4.1*")));
				context.getBean(PolicyReloadListener.class).reload();
				assertThat(endpoint.breakers().policies()).extracting("name")
					.containsExactlyInAnyOrder("premium", "old");
			});
	}

	private void run(BiConsumer<BreakerRegistry, Changes> test) {
		this.runner.run((context) -> {
			ConfigurableEnvironment environment = context.getEnvironment();
			Map<String, Object> changed = new LinkedHashMap<>();
			environment.getPropertySources().addFirst(new MapPropertySource("changes", changed));
			test.accept(context.getBean(BreakerRegistry.class), (properties) -> {
				changed.clear();
				for (int i = 0; i < properties.length; i += 2) {
					changed.put(properties[i], properties[i + 1]);
				}
				environment.getPropertySources().replace("changes", new MapPropertySource("changes", changed));
				context.getBean(PolicyReloadListener.class).reload();
			});
		});
	}

	private static void fail(BreakerRegistry registry, int times) {
		for (int i = 0; i < times; i++) {
			registry.gate(GPT).acquire(null).complete(FAILURE);
		}
	}

	/**
	 * Changes the environment.
	 */
	@FunctionalInterface
	private interface Changes {

		/** To these names and values, and nothing that was changed before. */
		void to(String... properties);

	}

}
