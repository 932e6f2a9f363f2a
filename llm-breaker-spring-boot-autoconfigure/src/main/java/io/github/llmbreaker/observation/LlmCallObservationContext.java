// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.observation;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmTarget;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a guarded call.
 *
 * @since 0.1.0
 */
public final class LlmCallObservationContext extends Observation.Context {

	private final LlmTarget target;

	private final String modelName;

	private final BreakerState state;

	private int attempts;

	private @Nullable LlmTarget fallback;

	private @Nullable CallOutcome outcome;

	private boolean rejected;

	/**
	 * Creates the context of a call that begins.
	 * @param target the target that is asked for
	 * @param modelName the model's name, or {@code *} if it has none or there are too
	 * many of them
	 * @param state the state of the breaker that matters when the call begins
	 */
	LlmCallObservationContext(LlmTarget target, String modelName, BreakerState state) {
		this.target = target;
		this.modelName = modelName;
		this.state = state;
	}

	/**
	 * Returns the target that is asked for; its model is a text that may come from
	 * outside.
	 */
	public LlmTarget getTarget() {
		return this.target;
	}

	/**
	 * Returns the name of the model that is asked for, out of a bounded set; {@code *} if
	 * it has none or there are too many of them.
	 */
	public String getModelName() {
		return this.modelName;
	}

	/**
	 * Returns the state of the breaker that matters when the call begins: the model's
	 * unless that is closed, then the provider's.
	 */
	public BreakerState getState() {
		return this.state;
	}

	/** Returns how often a provider was called so far; rejections don't count. */
	public int getAttempts() {
		return this.attempts;
	}

	/**
	 * Returns the target that was called last instead of the one that was asked for;
	 * {@code null} if there was no fallback.
	 */
	public @Nullable LlmTarget getFallback() {
		return this.fallback;
	}

	/**
	 * Returns how the last attempt ended; {@code null} while the call runs, and if it was
	 * rejected.
	 */
	public @Nullable CallOutcome getOutcome() {
		return this.outcome;
	}

	/** Whether a breaker's rejection is what the caller got. */
	public boolean isRejected() {
		return this.rejected;
	}

	void attempt() {
		this.attempts++;
	}

	void fallingBack(LlmTarget to) {
		this.fallback = to;
	}

	void end(@Nullable CallOutcome ended) {
		this.outcome = ended;
		this.rejected = ended == null;
	}

}
