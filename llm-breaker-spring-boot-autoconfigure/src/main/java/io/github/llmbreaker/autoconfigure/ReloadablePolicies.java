// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.BreakerPolicy;
import io.github.llmbreaker.breaker.CallPolicy;
import io.github.llmbreaker.breaker.LlmPolicies;

/**
 * The policies as they are configured by now: all of them change at once.
 */
final class ReloadablePolicies implements LlmPolicies {

	private volatile InForce current;

	ReloadablePolicies(LlmBreakerProperties properties, LlmPolicies policies) {
		this.current = new InForce(properties, policies);
	}

	void replaceBy(LlmBreakerProperties properties, LlmPolicies policies) {
		this.current = new InForce(properties, policies);
	}

	/** Returns what they have been made of. */
	LlmBreakerProperties properties() {
		return this.current.properties();
	}

	@Override
	public CallPolicy forTarget(LlmTarget target) {
		return this.current.policies().forTarget(target);
	}

	@Override
	public BreakerPolicy forProvider(String provider) {
		return this.current.policies().forProvider(provider);
	}

	/**
	 * Policies and what they have been made of.
	 *
	 * @param properties what is configured
	 * @param policies the policies
	 */
	private record InForce(LlmBreakerProperties properties, LlmPolicies policies) {
	}

}
