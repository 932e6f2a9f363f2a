// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.json;

/**
 * Finds the end of a JSON string that comes in slices.
 *
 * @since 0.1.0
 */
public final class JsonStringEnd {

	/** The last slice ended behind a backslash. */
	private boolean escaped;

	void reset() {
		this.escaped = false;
	}

	/** Returns the index of the closing quote, or {@code to}. */
	public int find(byte[] bytes, int from, int to) {
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
