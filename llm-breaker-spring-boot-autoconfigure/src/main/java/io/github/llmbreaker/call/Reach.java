// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import io.github.llmbreaker.LlmTarget;

/**
 * Tells which other targets a call can be sent to instead.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Reach {

	/** Whoever makes the call can call every target. */
	Reach EVERYWHERE = (target) -> true;

	/** There is no other target. */
	Reach NOWHERE = (target) -> false;

	/** Whether a target can be called. */
	boolean canReach(LlmTarget target);

	/**
	 * Returns the target under whose breakers a fallback is called.
	 * @return the same model, in the partition that its credential belongs to
	 */
	default LlmTarget partitioned(LlmTarget fallback) {
		return fallback;
	}

}
