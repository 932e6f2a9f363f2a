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

	private final JsonSkip skip = new JsonSkip();

	private final byte[] firsts = new byte[ValueSpans.MAX];

	private final int[] starts = new int[ValueSpans.MAX];

	private final int[] ends = new int[ValueSpans.MAX];

	private final boolean[] varying = new boolean[ValueSpans.MAX];

	private byte[] bytes = {};

	private int length;

	private int count;

	private boolean valid;

	/** The indices of the varying spans. */
	private final int[] variables = new int[ValueSpans.MAX];

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
		int known = 0;
		for (int i = 0; i < this.variableCount; i++) {
			int variable = this.variables[i];
			int start = this.starts[variable];
			int next = at + start - known;
			if (next >= to || !Arrays.equals(this.bytes, known, start, event, at, next)) {
				return false;
			}
			known = this.ends[variable];
			at = valueEnd(variable, event, next, to);
			if (at < 0) {
				return false;
			}
		}
		return Arrays.equals(this.bytes, known, this.length, event, at, to);
	}

	/** Returns where a value of the same kind ends, -1 if there is none. */
	private int valueEnd(int variable, byte[] event, int at, int to) {
		return switch (this.firsts[variable]) {
			case '"' -> {
				int end = stringEnd(event, at, to);
				boolean empty = this.starts[variable] == this.ends[variable];
				yield (end < to && (end == at) == empty) ? end : -1;
			}
			case '{', '[' -> nestedEnd(event, at, to);
			default -> numberEnd(event, at, to);
		};
	}

	private static int stringEnd(byte[] event, int from, int to) {
		int i = ByteSearch.quoteOrBackslash(event, from, to);
		while (i < to && event[i] == '\\') {
			i = (i + 2 < to) ? ByteSearch.quoteOrBackslash(event, i + 2, to) : to;
		}
		return i;
	}

	private int nestedEnd(byte[] event, int from, int to) {
		if (event[from] != '{' && event[from] != '[') {
			return -1;
		}
		this.skip.start(event[from]);
		int end = this.skip.skip(event, from + 1, to);
		return (this.skip.isDone() && !this.skip.isBroken()) ? end : -1;
	}

	private static int numberEnd(byte[] event, int from, int to) {
		if (!ValueSpans.isNumberStart(event[from])) {
			return -1;
		}
		int i = from + 1;
		while (i < to && isNumberPart(event[i])) {
			i++;
		}
		return i;
	}

	private static boolean isNumberPart(byte b) {
		return ValueSpans.isNumberStart(b) || b == '.' || b == 'e' || b == 'E' || b == '+';
	}

	/**
	 * Takes an event as the one to compare with.
	 * @param spans its values
	 */
	void learn(byte[] event, int from, int to, ValueSpans spans) {
		boolean similar = spans.count() == this.count;
		this.variableCount = 0;
		for (int i = 0; i < spans.count(); i++) {
			int start = spans.start(i, from);
			int end = spans.end(i, from);
			boolean same = similar && Arrays.equals(this.bytes, this.starts[i], this.ends[i], event, start, end);
			this.varying[i] = similar && (this.varying[i] || !same);
			if (this.varying[i]) {
				this.variables[this.variableCount++] = i;
			}
			this.firsts[i] = spans.first(i);
			this.starts[i] = start - from;
			this.ends[i] = end - from;
		}
		this.count = spans.count();
		this.length = to - from;
		if (this.bytes.length < this.length) {
			this.bytes = new byte[Math.min(MAX_LENGTH, Integer.highestOneBit(this.length) * 2)];
		}
		System.arraycopy(event, from, this.bytes, 0, this.length);
		this.valid = true;
	}

}
