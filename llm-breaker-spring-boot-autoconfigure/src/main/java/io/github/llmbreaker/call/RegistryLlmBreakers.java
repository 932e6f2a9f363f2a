// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmBreaker;
import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.provider.thrown.ClientFailures;

/**
 * Puts any code behind the breakers of a registry.
 *
 * @since 0.1.0
 */
public final class RegistryLlmBreakers implements LlmBreakers {

	private final BreakerRegistry registry;

	private final ClientFailures failures;

	/**
	 * Creates it.
	 * @param registry where the breakers are
	 * @param failures judges what calls throw
	 */
	public RegistryLlmBreakers(BreakerRegistry registry, ClientFailures failures) {
		this.registry = registry;
		this.failures = failures;
	}

	@Override
	public <T> T call(LlmTarget target, Callable<T> call) throws Exception {
		Objects.requireNonNull(target, "'target' must not be null");
		Objects.requireNonNull(call, "'call' must not be null");
		if (target == LlmTarget.NONE) {
			return call.call();
		}
		CallPermit permit = this.registry.gate(target).acquire(CallPermit.current());
		CallPermit.Scope scope = permit.makeCurrent();
		CallOutcome outcome = Outcomes.SUCCESS;
		try {
			return call.call();
		}
		catch (Throwable ex) {
			outcome = Outcomes.thrown(this.failures, ex, target);
			throw ex;
		}
		finally {
			scope.close();
			permit.complete(outcome);
		}
	}

	@Override
	public Optional<LlmBreaker> find(String name) {
		return this.registry.find(name).map(LlmBreaker.class::cast);
	}

	@Override
	public Collection<LlmBreaker> all() {
		return List.copyOf(this.registry.all());
	}

}
