// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.stream;

/**
 * Takes a whole body as one event.
 */
final class DocumentFramer extends EventFramer {

	private final EventSink sink;

	DocumentFramer(EventSink sink) {
		this.sink = sink;
	}

	@Override
	public void onBytes(byte[] bytes, int from, int to) {
		this.sink.onBytes(bytes, from, to);
	}

	@Override
	void end() {
		this.sink.onEvent(null);
	}

}
