// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.nio.ByteBuffer;

import io.github.llmbreaker.CallOutcome;

/**
 * Watches the body of one good answer pass by and says how the call ended. Never throws
 * because of what it reads, keeps a constant amount of memory, and leaves position, limit
 * and bytes of the buffers as they are. Used by one thread at a time.
 *
 * @since 0.1.0
 */
public interface BodyObserver {

	/**
	 * Reads the next piece of the body.
	 * @param chunk the piece, from position to limit; not kept
	 */
	void onChunk(ByteBuffer chunk);

	/**
	 * Returns how many content events have passed: pieces of generated output, not
	 * comments, blank lines, role-only deltas or usage. A growing number means the model
	 * is at work. For a body that is no stream, each chunk is one.
	 * @return the number so far
	 */
	long contentEvents();

	/**
	 * Whether the body is a stream of events rather than one document.
	 * @return {@code true} for SSE, NDJSON, JSON arrays and binary event streams
	 */
	boolean isStream();

	/**
	 * Whether what has passed settles the outcome already: a terminal event or an error
	 * was seen. What the caller or the connection does afterwards changes nothing.
	 * @return whether {@link #outcome()} is final
	 */
	boolean isSettled();

	/**
	 * Whether something that has passed is not what it should be, so that the answer is
	 * no success any more. What follows may still say more; who leaves changes nothing.
	 * @return whether {@link #outcome()} will be a stream error or a better reason
	 */
	default boolean isBroken() {
		return false;
	}

	/**
	 * Returns how the call ended, given that the body ends here and without a connection
	 * error.
	 * @return the outcome: the error that was reported in the body, a stream error if the
	 * terminal event is missing, otherwise success
	 */
	CallOutcome outcome();

}
