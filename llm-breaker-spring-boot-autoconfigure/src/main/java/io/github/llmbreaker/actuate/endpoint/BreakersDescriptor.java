// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.actuate.endpoint;

import java.util.List;
import java.util.Map;

import io.github.llmbreaker.breaker.BreakerMode;
import io.github.llmbreaker.breaker.FleetStatus;
import io.github.llmbreaker.breaker.HealthLevel;
import io.github.llmbreaker.provider.UnguardedHosts;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What the endpoint says about all breakers.
 *
 * @param enabled whether calls are guarded at all
 * @param mode whether breakers reject calls; {@code null} if none are guarded
 * @param health how the breakers are doing all together
 * @param breakers the breakers by name, sorted
 * @param providers the providers whose calls are recognised, sorted by id; {@code null}
 * if none are guarded
 * @param policies the policies besides the defaults, in their order; {@code null} if none
 * are guarded
 * @param unrecognised hosts whose calls looked like LLM calls and were not guarded;
 * {@code null} if none are guarded
 * @param fleet the instances that share the state of their breakers; {@code null} if this
 * one shares nothing
 * @since 0.1.0
 */
public record BreakersDescriptor(boolean enabled, @Nullable BreakerMode mode, HealthLevel health,
		Map<String, BreakerDescriptor> breakers, @Nullable List<ProviderDescriptor> providers,
		@Nullable List<PolicyDescriptor> policies, @Nullable List<UnguardedHosts.Host> unrecognised,
		@Nullable FleetStatus fleet) implements OperationResponseBody {
}
