// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.json;

import java.util.Arrays;

/**
 * Recognises an event that differs from the one before only in values that nobody asks
 * for, so that it need not be read: most events of a stream differ in the generated text
 * alone.
 * <p>
 * Which values differ is learnt by comparing events. Everything else must be the same,
 * byte by byte; so what was found in the earlier event holds for this one.
 */
final class EventTemplate {

	static final int MAX_LENGTH = 4096;

	/** Beyond these an event is too varied to be worth it. */
	private static final int MAX_VALUES = 64;

	private final JsonStringEnd stringEnd = new JsonStringEnd();

	private final JsonSkip skip = new JsonSkip();

	/** The earlier event. */
	private byte[] bytes = {};

	private int length;

	private Values known = new Values();

	private boolean valid;

	/** The event that is read. */
	private Values read = new Values();

	private int origin;

	/** Which of the values differ between events, and the indices of those. */
	private final boolean[] varying = new boolean[MAX_VALUES];

	private final int[] variables = new int[MAX_VALUES];

	private int variableCount;

	/**
	 * The earlier event is not known any more, but what differs between events is.
	 */
	void invalidate() {
		this.valid = false;
	}

	/**
	 * Whether a complete event is the same but for what differs anyway.
	 */
	boolean matches(byte[] event, int from, int to) {
		if (!this.valid) {
			return false;
		}
		int at = from;
		int knownAt = 0;
		for (int i = 0; i < this.variableCount; i++) {
			int variable = this.variables[i];
			int start = this.known.starts[variable];
			int next = at + start - knownAt;
			if (next >= to || !Arrays.equals(this.bytes, knownAt, start, event, at, next)) {
				return false;
			}
			knownAt = this.known.ends[variable];
			at = valueEnd(this.known.firsts[variable], start == knownAt, event, next, to);
			if (at < 0) {
				return false;
			}
		}
		return Arrays.equals(this.bytes, knownAt, this.length, event, at, to);
	}

	/** Returns where a value of the same kind ends, -1 if there is none. */
	private int valueEnd(byte first, boolean empty, byte[] event, int at, int to) {
		switch (first) {
			case '"' -> {
				this.stringEnd.reset();
				int end = this.stringEnd.find(event, at, to);
				return (end < to && (end == at) == empty) ? end : -1;
			}
			case '{', '[' -> {
				return nestedEnd(event, at, to);
			}
			default -> {
				int end = (JsonKind.of(event[at]) == JsonKind.NUMBER) ? at : -1;
				while (end >= 0 && end < to && JsonLiteral.isNumberPart(event[end])) {
					end++;
				}
				return end;
			}
		}
	}

	private int nestedEnd(byte[] event, int from, int to) {
		if (event[from] != '{' && event[from] != '[') {
			return -1;
		}
		this.skip.start(event[from]);
		int end = this.skip.skip(event, from + 1, to);
		return (this.skip.isDone() && !this.skip.isBroken()) ? end : -1;
	}

	/** Another event is read, from this index on. */
	void start(int from) {
		this.origin = from;
		this.read.count = 0;
	}

	/**
	 * Notes a value that nobody asks for: a string, number, object or array.
	 * @param start the index of its first byte
	 * @param end the index behind it
	 */
	void note(byte[] event, int start, int end) {
		byte first = event[start];
		int quote = (first == '"') ? 1 : 0;
		if (quote == 1 || first == '{' || first == '[' || JsonKind.of(first) == JsonKind.NUMBER) {
			this.read.add(first, start + quote - this.origin, end - quote - this.origin);
		}
	}

	/**
	 * Takes the event that was read as the one to compare with.
	 */
	void learn(byte[] event, int from, int to) {
		boolean similar = this.read.count == this.known.count;
		this.variableCount = 0;
		for (int i = 0; i < this.read.count; i++) {
			boolean same = similar && Arrays.equals(this.bytes, this.known.starts[i], this.known.ends[i], event,
					from + this.read.starts[i], from + this.read.ends[i]);
			this.varying[i] = similar && (this.varying[i] || !same);
			if (this.varying[i]) {
				this.variables[this.variableCount++] = i;
			}
		}
		Values spare = this.known;
		this.known = this.read;
		this.read = spare;
		this.length = to - from;
		if (this.bytes.length < this.length) {
			this.bytes = new byte[Math.min(MAX_LENGTH, Integer.highestOneBit(this.length) * 2)];
		}
		System.arraycopy(event, from, this.bytes, 0, this.length);
		this.valid = true;
	}

	/**
	 * Where the values of an event are that nobody asks for; strings without quotes.
	 */
	private static final class Values {

		private final byte[] firsts = new byte[MAX_VALUES];

		private final int[] starts = new int[MAX_VALUES];

		private final int[] ends = new int[MAX_VALUES];

		private int count;

		void add(byte first, int start, int end) {
			if (this.count < MAX_VALUES) {
				this.firsts[this.count] = first;
				this.starts[this.count] = start;
				this.ends[this.count++] = end;
			}
		}

	}

}
