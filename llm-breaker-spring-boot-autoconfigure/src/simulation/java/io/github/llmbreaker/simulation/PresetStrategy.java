// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.autoconfigure.LlmBreakerAutoConfiguration;
import io.github.llmbreaker.breaker.BreakerSync;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.LlmPolicies;
import io.github.llmbreaker.breaker.SeededBreakers;
import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.provider.LlmProviders;
import io.github.llmbreaker.provider.thrown.ClientFailures;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * Our own breakers, configured as an application configures them.
 */
final class PresetStrategy implements Strategy {

	static final LlmTarget TARGET = LlmTarget.of("openai", "gpt-4.1");

	private final String name;

	private final LlmPolicies policies;

	private final LlmProviders providers;

	private PresetStrategy(String name, LlmPolicies policies, LlmProviders providers) {
		this.name = name;
		this.policies = policies;
		this.providers = providers;
	}

	/**
	 * Returns the breakers that an application gets.
	 * @param name the name on the page
	 * @param properties what it configures
	 * @return the strategy
	 */
	static PresetStrategy of(String name, String... properties) {
		List<PresetStrategy> strategies = new ArrayList<>();
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(LlmBreakerAutoConfiguration.class))
			.withPropertyValues(properties)
			.run((context) -> strategies.add(new PresetStrategy(name, context.getBean(LlmPolicies.class),
					context.getBean(LlmProviders.class))));
		return strategies.get(0);
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
		return start(run, BreakerSync.LOCAL);
	}

	/** Begins a run of one instance that shares what it knows. */
	Guard start(Run run, BreakerSync sync) {
		return new GateGuard(
				SeededBreakers.of(this.policies, run.time(), run.time(), run.random(), sync).gate(TARGET));
	}

	/** Returns what calls are guarded with that are tried again. */
	CallGuard guard(SimulatedTime time, DoubleSupplier random) {
		return new CallGuard(SeededBreakers.of(this.policies, time, time, random), this.providers,
				new ClientFailures(this.providers, time), time, time, random);
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
