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
 * Skips a JSON object or array that comes in slices, however deep.
 */
final class JsonSkip {

	private final JsonStringEnd stringEnd = new JsonStringEnd();

	private boolean inString;

	private int depth;

	/** The opening brace or bracket was seen. */
	void start() {
		this.stringEnd.reset();
		this.inString = false;
		this.depth = 1;
	}

	boolean isDone() {
		return this.depth == 0;
	}

	/**
	 * Skips to the end of the value or of the slice.
	 * @return the index behind it
	 */
	int skip(byte[] bytes, int from, int to) {
		int i = this.inString ? skipString(bytes, from, to) : from;
		while (i < to) {
			i = ByteSearch.quoteOrBracket(bytes, i, to);
			if (i == to) {
				return to;
			}
			byte b = bytes[i++];
			if (b == '"') {
				i = skipString(bytes, i, to);
			}
			else if (b == '{' || b == '[') {
				this.depth++;
			}
			else if (--this.depth == 0) {
				return i;
			}
		}
		return i;
	}

	private int skipString(byte[] bytes, int from, int to) {
		int end = this.stringEnd.find(bytes, from, to);
		this.inString = (end == to);
		return this.inString ? to : end + 1;
	}

}
