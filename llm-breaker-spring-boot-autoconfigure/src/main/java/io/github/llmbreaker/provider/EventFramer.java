/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.llmbreaker.provider;

import java.nio.ByteBuffer;

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
