// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

import java.util.ArrayList;
import java.util.List;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.autoconfigure.LlmBreakerAutoConfiguration;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.LlmPolicies;
import io.github.llmbreaker.breaker.SeededBreakers;
import io.github.llmbreaker.breaker.TargetGate;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * Our own breakers, configured as an application configures them.
 */
final class PresetStrategy implements Strategy {

	private static final LlmTarget TARGET = LlmTarget.of("openai", "gpt-4.1");

	private final String name;

	private final LlmPolicies policies;

	private PresetStrategy(String name, LlmPolicies policies) {
		this.name = name;
		this.policies = policies;
	}

	/**
	 * Returns the breakers that an application gets.
	 * @param name the name on the page
	 * @param properties what it configures
	 * @return the strategy
	 */
	static PresetStrategy of(String name, String... properties) {
		List<LlmPolicies> policies = new ArrayList<>();
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(LlmBreakerAutoConfiguration.class))
			.withPropertyValues(properties)
			.run((context) -> policies.add(context.getBean(LlmPolicies.class)));
		return new PresetStrategy(name, policies.get(0));
	}

	static PresetStrategy ofPreset(String preset) {
		return of(preset, "llm-breaker.defaults.preset=" + preset);
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public Guard start(Run run) {
		return new GateGuard(SeededBreakers.of(this.policies, run.time(), run.time(), run.random()).gate(TARGET));
	}

	/**
	 * Asks the gate of the model.
	 */
	private record GateGuard(TargetGate gate) implements Guard {

		@Override
		public @Nullable Place enter(double now) {
			try {
				return new PermitPlace(this.gate.acquire(null));
			}
			catch (LlmCallRejectedException ex) {
				return null;
			}
		}

		@Override
		public boolean isOpen() {
			return !this.gate.isCallable();
		}

	}

	/**
	 * A permit.
	 */
	private record PermitPlace(CallPermit permit) implements Guard.Place {

		@Override
		public void contentStarted() {
			this.permit.contentStarted();
		}

		@Override
		public void end(CallOutcome outcome) {
			this.permit.complete(outcome);
		}

	}

}
