// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.stream;

import io.github.llmbreaker.provider.json.ByteSearch;

/**
 * Cuts newline-delimited JSON: every line that is not blank is an event.
 */
final class JsonLinesFramer extends EventFramer {

	private boolean hasData;

	JsonLinesFramer(EventSink sink) {
		super(sink);
	}

	@Override
	public void onBytes(byte[] bytes, int from, int to) {
		int i = from;
		while (i < to) {
			if (!this.hasData && isBlank(bytes[i])) {
				i++;
				continue;
			}
			int end = ByteSearch.lineEnd(bytes, i, to);
			if (end > i) {
				this.hasData = true;
				this.sink.onBytes(bytes, i, end);
			}
			if (end < to) {
				end();
			}
			i = end + 1;
		}
	}

	private static boolean isBlank(byte b) {
		return b == ' ' || b == '\t' || b == '\n' || b == '\r';
	}

	@Override
	void end() {
		if (this.hasData) {
			this.hasData = false;
			this.sink.onEvent(null);
		}
	}

}
