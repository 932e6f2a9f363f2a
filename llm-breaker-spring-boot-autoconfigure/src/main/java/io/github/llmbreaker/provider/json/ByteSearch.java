// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds the next byte of interest, eight bytes at a time.
 *
 * @since 0.1.0
 */
public final class ByteSearch {

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private static final long ONES = 0x0101010101010101L;

	private static final long HIGHS = 0x8080808080808080L;

	private static final long CASE_BITS = 0x2020202020202020L;

	private ByteSearch() {
	}

	/** Returns the index of the first LF or CR, or {@code to}. */
	public static int lineEnd(byte[] bytes, int from, int to) {
		int i = from;
		while (i < to) {
			i = control(bytes, i, to);
			if (i == to || bytes[i] == '\n' || bytes[i] == '\r') {
				return i;
			}
			i++;
		}
		return i;
	}

	/** Finds a byte below 14: tabs and ends of lines, nothing else in practice. */
	private static int control(byte[] bytes, int from, int to) {
		int i = from;
		for (; i <= to - 2 * Long.BYTES; i += 2 * Long.BYTES) {
			long found = belowLineEnds((long) LONGS.get(bytes, i))
					| belowLineEnds((long) LONGS.get(bytes, i + Long.BYTES));
			if (found != 0) {
				break;
			}
		}
		while (i < to && (bytes[i] > '\r' || bytes[i] < 0)) {
			i++;
		}
		return i;
	}

	/** Marks bytes up to CR; only the lowest mark is exact. */
	private static long belowLineEnds(long word) {
		return (word - ONES * ('\r' + 1)) & ~word & HIGHS;
	}

	/** Returns the index of the first LF, or {@code to}. */
	public static int lineFeed(byte[] bytes, int from, int to) {
		int i = from;
		for (; i <= to - Long.BYTES; i += Long.BYTES) {
			long found = zeros((long) LONGS.get(bytes, i) ^ ('\n' * ONES));
			if (found != 0) {
				return i + (Long.numberOfTrailingZeros(found) >>> 3);
			}
		}
		while (i < to && bytes[i] != '\n') {
			i++;
		}
		return i;
	}

	/** Returns the index of the first quote or backslash, or {@code to}. */
	static int quoteOrBackslash(byte[] bytes, int from, int to) {
		int i = from;
		for (; i <= to - Long.BYTES; i += Long.BYTES) {
			long word = (long) LONGS.get(bytes, i);
			long found = zeros(word ^ ('"' * ONES)) | zeros(word ^ ('\\' * ONES));
			if (found != 0) {
				return i + (Long.numberOfTrailingZeros(found) >>> 3);
			}
		}
		while (i < to && bytes[i] != '"' && bytes[i] != '\\') {
			i++;
		}
		return i;
	}

	/** Returns the index of the first quote, brace or bracket, or {@code to}. */
	static int quoteOrBracket(byte[] bytes, int from, int to) {
		int i = from;
		for (; i <= to - Long.BYTES; i += Long.BYTES) {
			long word = (long) LONGS.get(bytes, i);
			// braces are brackets with one more bit
			long folded = word & ~CASE_BITS;
			long found = zeros(word ^ ('"' * ONES)) | zeros(folded ^ ('[' * ONES)) | zeros(folded ^ (']' * ONES));
			if (found != 0) {
				return i + (Long.numberOfTrailingZeros(found) >>> 3);
			}
		}
		while (i < to && !isQuoteOrBracket(bytes[i])) {
			i++;
		}
		return i;
	}

	private static boolean isQuoteOrBracket(byte b) {
		return b == '"' || b == '{' || b == '}' || b == '[' || b == ']';
	}

	/** Whether a byte is one of those of a byte order mark. */
	public static boolean isMark(byte b) {
		return b == (byte) 0xEF || b == (byte) 0xBB || b == (byte) 0xBF;
	}

	/** Marks zero bytes; only the lowest mark is exact, and only that one is used. */
	private static long zeros(long word) {
		return (word - ONES) & ~word & HIGHS;
	}

}
