// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

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
