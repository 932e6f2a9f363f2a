// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker;

import org.jspecify.annotations.Nullable;

/**
 * Tells the application which target answered one call, after how many attempts. Set a
 * new one as the request's attribute {@link #ATTRIBUTE}; it is filled in while the call
 * runs.
 *
 * @since 0.1.0
 */
public final class LlmCallTrace {

	/**
	 * Name of the request attribute.
	 */
	public static final String ATTRIBUTE = "io.github.llmbreaker.trace";

	private int attempts;

	private @Nullable LlmTarget target;

	private @Nullable CallOutcome outcome;

	/**
	 * Returns how often a provider was called so far; rejections don't count.
	 * @return the number of attempts, 0 if the call was rejected or is not guarded
	 */
	public synchronized int attempts() {
		return this.attempts;
	}

	/**
	 * Returns who was called last: the target of the answer, once there is one.
	 * @return the target, or {@code null} if nobody was called
	 */
	public synchronized @Nullable LlmTarget target() {
		return this.target;
	}

	/**
	 * Returns how the last attempt ended. A good answer ends when its body does.
	 * @return the outcome, or {@code null} while it runs
	 */
	public synchronized @Nullable CallOutcome outcome() {
		return this.outcome;
	}

	/**
	 * An attempt begins. Called by the clients of this library.
	 * @param target who is called
	 */
	public synchronized void begin(LlmTarget target) {
		this.attempts++;
		this.target = target;
		this.outcome = null;
	}

	/**
	 * The attempt has ended. Called by the clients of this library.
	 * @param outcome how
	 */
	public synchronized void end(CallOutcome outcome) {
		this.outcome = outcome;
	}

}
