// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker;

import java.time.Duration;

/**
 * Told of every call that has ended. Beans of this type are called off the calling
 * thread, each on one of its own, in order for each breaker; what they throw is logged
 * and ignored. One that is slow or blocked keeps nothing from the others: up to 8192
 * calls wait for it, further ones are dropped.
 * <p>
 * Each attempt that reached or tried to reach the provider is a call; a rejection is
 * none.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface LlmCallListener {

	/**
	 * A call has ended.
	 * @param target what was called
	 * @param outcome how it ended
	 * @param duration the time from admission to the end of the answer
	 */
	void onCallCompleted(LlmTarget target, CallOutcome outcome, Duration duration);

}
