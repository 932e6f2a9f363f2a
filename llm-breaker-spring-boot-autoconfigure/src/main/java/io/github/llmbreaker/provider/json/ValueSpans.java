// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.json;

/**
 * Notes where the values of a document are that nobody asks for: strings, numbers,
 * objects and arrays, whatever they hold.
 */
final class ValueSpans {

	/** Beyond these a document is too varied to be worth it. */
	static final int MAX = 64;

	private final byte[] firsts = new byte[MAX];

	private final int[] starts = new int[MAX];

	private final int[] ends = new int[MAX];

	private int origin;

	private int count;

	/**
	 * Starts with a new document.
	 * @param from where it starts
	 */
	void start(int from) {
		this.origin = from;
		this.count = 0;
	}

	/**
	 * Notes a value.
	 * @param start the index of its first byte
	 * @param end the index behind it
	 */
	void add(byte[] bytes, int start, int end) {
		byte b = bytes[start];
		int quote = (b == '"') ? 1 : 0;
		if (this.count < MAX && (quote == 1 || b == '{' || b == '[' || isNumberStart(b))) {
			this.firsts[this.count] = b;
			this.starts[this.count] = start + quote - this.origin;
			this.ends[this.count++] = end - quote - this.origin;
		}
	}

	static boolean isNumberStart(byte b) {
		return b == '-' || (b >= '0' && b <= '9');
	}

	int count() {
		return this.count;
	}

	/** The byte that tells what it is; of a string, the quote. */
	byte first(int index) {
		return this.firsts[index];
	}

	int start(int index, int base) {
		return this.starts[index] + base;
	}

	int end(int index, int base) {
		return this.ends[index] + base;
	}

}
