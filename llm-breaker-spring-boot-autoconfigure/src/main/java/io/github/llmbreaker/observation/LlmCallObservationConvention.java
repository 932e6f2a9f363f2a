// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names guarded calls and says by which keys they are told apart. A bean of this type
 * replaces {@link DefaultLlmCallObservationConvention}.
 *
 * @since 0.1.0
 */
public interface LlmCallObservationConvention extends ObservationConvention<LlmCallObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof LlmCallObservationContext;
	}

}
