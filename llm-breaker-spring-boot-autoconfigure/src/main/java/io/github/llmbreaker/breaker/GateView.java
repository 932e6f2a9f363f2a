// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import io.github.llmbreaker.LlmTarget;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the way of calls to one target, as those see it who are told of the
 * calls. Equal to nothing but itself.
 *
 * @since 0.1.0
 */
public interface GateView {

	/** Returns what is called. */
	LlmTarget target();

	/** Returns the provider's breaker. */
	BreakerView providerBreaker();

	/** Returns the model's breaker; {@code null} for calls that run no model. */
	@Nullable BreakerView modelBreaker();

	/**
	 * Returns the gate in whose name its calls are counted, as there are bounds on names:
	 * itself, or that of the provider's calls that name no model as long as there is no
	 * room for a breaker of its own.
	 */
	GateView countedAs();

	/** Whether it is no longer kept, so that nothing new should be attached to it. */
	boolean isEvicted();

}
