// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmTarget;
import org.jspecify.annotations.Nullable;

/**
 * One observed call. Told one thing after the other, by different threads, and nothing
 * after its end. Must not throw.
 *
 * @since 0.1.0
 */
public interface CallSpan {

	/** Returns the observation, for other threads. */
	Object observation();

	/** A provider is called. */
	void attempt();

	/** A breaker has rejected the call. */
	void rejected(String message);

	/**
	 * The same target is going to be called again.
	 * @param message after what, and when
	 */
	void retrying(String message);

	/** Another target is going to be called instead. */
	void fallingBack(LlmTarget target);

	/**
	 * The call has ended.
	 * @param outcome how its last attempt has; {@code null} if the call was rejected
	 * @param error what has failed, in words that hold nothing of what was sent or
	 * answered; {@code null} if nothing has
	 */
	void end(@Nullable CallOutcome outcome, @Nullable Throwable error);

}
