// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.List;
import java.util.stream.Stream;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.actuate.endpoint.PolicyDescriptor;
import io.github.llmbreaker.breaker.BreakerPolicy;
import io.github.llmbreaker.breaker.CallPolicy;
import io.github.llmbreaker.breaker.LlmPolicies;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * The policies as they are configured by now: all of them change at once.
 */
final class ReloadablePolicies implements LlmPolicies {

	private volatile PolicyCatalog current;

	ReloadablePolicies(PolicyCatalog policies) {
		this.current = policies;
	}

	/**
	 * Describes the policies of an application, if possible as they are by now.
	 */
	static List<PolicyDescriptor> describe(@Nullable LlmPolicies inForce,
			ObjectProvider<LlmBreakerProperties> atStart) {
		Stream<LlmBreakerProperties> known = (inForce instanceof ReloadablePolicies changing)
				? Stream.of(changing.properties()) : atStart.stream();
		return known.flatMap((properties) -> properties.policies().entrySet().stream())
			.map((policy) -> new PolicyDescriptor(policy.getKey(), policy.getValue().patterns()))
			.toList();
	}

	void replaceBy(PolicyCatalog policies) {
		this.current = policies;
	}

	LlmBreakerProperties properties() {
		return this.current.properties();
	}

	@Override
	public CallPolicy forTarget(LlmTarget target) {
		return this.current.forTarget(target);
	}

	@Override
	public BreakerPolicy forProvider(String provider) {
		return this.current.forProvider(provider);
	}

}
