// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import io.github.llmbreaker.LlmTarget;

/**
 * Tells which policy is in force for whom. Asked once per target, the answer is kept
 * until {@link BreakerRegistry#policiesChanged()}.
 *
 * @since 0.1.0
 */
public interface LlmPolicies {

	/**
	 * Returns the policy of the calls to a target and of its model breaker.
	 * @param target the target
	 * @return the policy
	 */
	CallPolicy forTarget(LlmTarget target);

	/**
	 * Returns the policy of a provider's breaker.
	 * @param provider the provider's id
	 * @return the policy
	 */
	BreakerPolicy forProvider(String provider);

}
