// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.json;

/**
 * Skips a JSON object or array that comes in slices, however deep.
 *
 * @since 0.1.0
 */
public final class JsonSkip {

	private final JsonStringEnd stringEnd = new JsonStringEnd();

	private boolean inString;

	private int depth;

	/** Bit n: at depth n + 1 an object is open. */
	private long objects;

	private boolean broken;

	/** Starts inside a value, behind its opening brace or bracket. */
	public void start(byte bracket) {
		this.stringEnd.reset();
		this.inString = false;
		this.broken = false;
		this.depth = 0;
		open(bracket);
	}

	public boolean isDone() {
		return this.depth == 0;
	}

	/** Whether a brace was closed by a bracket, or the other way round. */
	boolean isBroken() {
		return this.broken;
	}

	/** Skips to the index behind the value, or to the end of the slice. */
	public int skip(byte[] bytes, int from, int to) {
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
				open(b);
			}
			else if (isLastClosed(b)) {
				return i;
			}
		}
		return i;
	}

	private void open(byte bracket) {
		if (this.depth < Long.SIZE) {
			long bit = 1L << this.depth;
			this.objects = (bracket == '{') ? this.objects | bit : this.objects & ~bit;
		}
		this.depth++;
	}

	private boolean isLastClosed(byte bracket) {
		this.depth--;
		if (this.depth < Long.SIZE) {
			this.broken |= (this.objects >>> this.depth & 1) != ((bracket == '}') ? 1 : 0);
		}
		return this.depth == 0;
	}

	private int skipString(byte[] bytes, int from, int to) {
		int end = this.stringEnd.find(bytes, from, to);
		this.inString = (end == to);
		return this.inString ? to : end + 1;
	}

}
