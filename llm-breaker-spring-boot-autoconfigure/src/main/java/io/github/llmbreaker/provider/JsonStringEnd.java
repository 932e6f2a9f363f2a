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
 * Finds the end of a JSON string that comes in slices.
 */
final class JsonStringEnd {

	/** The last slice ended behind a backslash. */
	private boolean escaped;

	void reset() {
		this.escaped = false;
	}

	/**
	 * Looks for the closing quote.
	 * @return its index, or {@code to}
	 */
	int find(byte[] bytes, int from, int to) {
		int i = from;
		if (this.escaped && i < to) {
			this.escaped = false;
			i++;
		}
		i = ByteSearch.quoteOrBackslash(bytes, i, to);
		while (i < to && bytes[i] == '\\') {
			if (i + 1 == to) {
				this.escaped = true;
				return to;
			}
			i = ByteSearch.quoteOrBackslash(bytes, i + 2, to);
		}
		return i;
	}

}
