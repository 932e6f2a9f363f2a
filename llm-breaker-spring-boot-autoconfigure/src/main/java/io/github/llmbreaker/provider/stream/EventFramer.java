// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.stream;

import java.nio.ByteBuffer;

import io.github.llmbreaker.provider.json.ByteSink;
import io.github.llmbreaker.provider.json.ByteSlices;

/**
 * Cuts the body of a streamed answer into events without keeping it. Takes anything: what
 * it can't read it skips.
 */
abstract class EventFramer implements ByteSink {

	private final ByteSlices slices = new ByteSlices();

	/**
	 * Reads the next chunk, cut anywhere.
	 * @param chunk the chunk, from position to limit; both stay as they are
	 */
	final void read(ByteBuffer chunk) {
		this.slices.read(chunk, this);
	}

	/**
	 * The body ends here: hands on what is still an event.
	 */
	abstract void end();

	/**
	 * Whether the frame around the events is damaged: a wrong checksum, or the body ended
	 * inside it. Always {@code false} for forms that have no such frame.
	 * @return whether the stream is certainly incomplete
	 */
	boolean isBroken() {
		return false;
	}

}
