// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.stream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The headers of one frame of an AWS event stream.
 */
final class AwsEventHeaders {

	private static final byte[] MESSAGE_TYPE = ascii(":message-type");

	private static final byte[] EVENT_TYPE = ascii(":event-type");

	private static final byte[] EXCEPTION_TYPE = ascii(":exception-type");

	private static final byte[] ERROR_CODE = ascii(":error-code");

	private static final byte[] EXCEPTION = ascii("exception");

	private static final byte[] ERROR = ascii("error");

	private static final byte[] EXCEPTION_PREFIX = ascii(EventSink.EXCEPTION_PREFIX);

	private static final byte[] ERROR_PREFIX = ascii(EventSink.ERROR_PREFIX);

	private static final int STRING = 7;

	private final EventName name = new EventName();

	private byte[] bytes = new byte[256];

	private int length;

	/** Where the value is that {@link #find} found. */
	private int from;

	private int to;

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	void clear() {
		this.length = 0;
	}

	void append(byte[] source, int start, int end) {
		int needed = this.length + end - start;
		if (needed > this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(needed, this.bytes.length * 2));
		}
		System.arraycopy(source, start, this.bytes, this.length, end - start);
		this.length = needed;
	}

	/**
	 * Returns the name of the event: its type, or type or code of the error with what
	 * {@link EventSink} says.
	 */
	@Nullable String eventName() {
		this.name.clear();
		boolean typed = find(MESSAGE_TYPE);
		if (typed && is(EXCEPTION)) {
			this.name.append(EXCEPTION_PREFIX, 0, EXCEPTION_PREFIX.length);
			appendValue(EXCEPTION_TYPE);
		}
		else if (typed && is(ERROR)) {
			this.name.append(ERROR_PREFIX, 0, ERROR_PREFIX.length);
			appendValue(ERROR_CODE);
		}
		else {
			appendValue(EVENT_TYPE);
		}
		return this.name.get();
	}

	private boolean is(byte[] expected) {
		return Arrays.equals(this.bytes, this.from, this.to, expected, 0, expected.length);
	}

	private void appendValue(byte[] header) {
		if (find(header)) {
			this.name.append(this.bytes, this.from, this.to);
		}
	}

	private boolean find(byte[] header) {
		int i = 0;
		while (i < this.length) {
			int nameEnd = i + 1 + (this.bytes[i] & 0xFF);
			if (nameEnd >= this.length) {
				return false;
			}
			boolean found = Arrays.equals(this.bytes, i + 1, nameEnd, header, 0, header.length);
			i = skipValue(this.bytes[nameEnd], nameEnd + 1);
			if (i < 0 || i > this.length) {
				return false;
			}
			if (found && this.bytes[nameEnd] == STRING) {
				this.from = nameEnd + 3;
				this.to = i;
				return true;
			}
		}
		return false;
	}

	/** Returns where the value ends, -1 for an unknown type. */
	private int skipValue(int type, int at) {
		return switch (type) {
			case 0, 1 -> at;
			case 2 -> at + 1;
			case 3 -> at + 2;
			case 4 -> at + 4;
			case 5, 8 -> at + 8;
			case 6, STRING ->
				(at + 2 > this.length) ? -1 : at + 2 + ((this.bytes[at] & 0xFF) << 8 | this.bytes[at + 1] & 0xFF);
			case 9 -> at + 16;
			default -> -1;
		};
	}

}
