// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.List;
import java.util.stream.Stream;

import io.github.llmbreaker.actuate.endpoint.PolicyDescriptor;
import io.github.llmbreaker.breaker.LlmPolicies;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Describes the policies that are configured by now.
 */
final class PolicyDescriptions {

	private PolicyDescriptions() {
	}

	static List<PolicyDescriptor> of(@Nullable LlmPolicies inForce, ObjectProvider<LlmBreakerProperties> atStart) {
		Stream<LlmBreakerProperties> known = (inForce instanceof ReloadablePolicies changing)
				? Stream.of(changing.properties()) : atStart.stream();
		return known.flatMap((properties) -> properties.policies().entrySet().stream())
			.map((policy) -> new PolicyDescriptor(policy.getKey(), policy.getValue().patterns()))
			.toList();
	}

}
