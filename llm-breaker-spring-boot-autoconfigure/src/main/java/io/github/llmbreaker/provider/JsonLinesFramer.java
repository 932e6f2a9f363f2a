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

/**
 * Cuts newline-delimited JSON: every line that is not blank is an event.
 */
final class JsonLinesFramer extends EventFramer {

	private final EventSink sink;

	private boolean hasData;

	JsonLinesFramer(EventSink sink) {
		this.sink = sink;
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
