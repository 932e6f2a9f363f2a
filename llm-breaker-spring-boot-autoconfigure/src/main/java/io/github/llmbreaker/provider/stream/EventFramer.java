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

	/** Takes the events. */
	final EventSink sink;

	private final ByteSlices slices = new ByteSlices();

	EventFramer(EventSink sink) {
		this.sink = sink;
	}

	/** Reads the next chunk from position to limit, cut anywhere; both stay. */
	final void read(ByteBuffer chunk) {
		this.slices.read(chunk, this);
	}

	/** The body ends here: hands on what is still an event. */
	abstract void end();

	/**
	 * Whether the frame around the events is damaged: a wrong checksum, or the body ended
	 * inside it. Never for forms that have no such frame.
	 */
	boolean isBroken() {
		return false;
	}

}
