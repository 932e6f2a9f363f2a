// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.stream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Collects the name of an event; names that come again are the same string.
 */
final class EventName {

	private static final int MAX_LENGTH = 64;

	private static final int MAX_KNOWN = 32;

	private final byte[] bytes = new byte[MAX_LENGTH];

	private int length;

	private byte[][] knownBytes = {};

	private String[] known = {};

	private int last;

	void clear() {
		this.length = 0;
	}

	void append(byte[] source, int from, int to) {
		int count = Math.min(to - from, MAX_LENGTH - this.length);
		System.arraycopy(source, from, this.bytes, this.length, count);
		this.length += count;
	}

	void set(String name) {
		clear();
		byte[] source = name.getBytes(StandardCharsets.UTF_8);
		append(source, 0, source.length);
	}

	@Nullable String get() {
		if (this.length == 0) {
			return null;
		}
		// most events are like the one before
		if (this.last < this.known.length && isKnown(this.last)) {
			return this.known[this.last];
		}
		for (int i = 0; i < this.known.length; i++) {
			if (isKnown(i)) {
				this.last = i;
				return this.known[i];
			}
		}
		return remember();
	}

	private boolean isKnown(int index) {
		byte[] other = this.knownBytes[index];
		return Arrays.equals(other, 0, other.length, this.bytes, 0, this.length);
	}

	private String remember() {
		String name = new String(this.bytes, 0, this.length, StandardCharsets.UTF_8);
		int count = this.known.length;
		if (count < MAX_KNOWN) {
			this.known = Arrays.copyOf(this.known, count + 1);
			this.knownBytes = Arrays.copyOf(this.knownBytes, count + 1);
			this.known[count] = name;
			this.knownBytes[count] = Arrays.copyOf(this.bytes, this.length);
		}
		return name;
	}

}
