// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;

/**
 * Cuts the bytes of a stream into its events without decoding them. Bytes in which
 * nothing is to be changed, the usual case, are handed on as they are.
 */
final class SseEvents {

	private static final byte[] DATA = "data:".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] NONE = {};

	/** An event that is longer is no event. */
	private static final int MAX_EVENT = 32 * 1024 * 1024;

	private final Judge judge;

	/** What has come of events that are not over yet, then what has just come. */
	private byte[] bytes = NONE;

	private int length;

	/** Where in it the first event begins, and where the next line. */
	private int eventStart;

	private int lineStart;

	private int scanned;

	/** Where the data of the event is; more than one line of it is joined. */
	private int dataStart = -1;

	private int dataEnd;

	private boolean spaceMissing;

	private @Nullable ByteArrayOutputStream joined;

	/** What is handed on instead of what came; {@code null} while they are the same. */
	private @Nullable ByteArrayOutputStream changed;

	SseEvents(Judge judge) {
		this.judge = judge;
	}

	/**
	 * Takes what has come.
	 * @param buffer what has come; it must not be used any more
	 * @return what to hand on, {@code null} if there is nothing
	 */
	@Nullable DataBuffer next(DataBuffer buffer) {
		int carried = this.length;
		append(buffer);
		lines(false);
		boolean whole = carried == 0 && this.eventStart == this.length && this.changed == null;
		if (whole) {
			this.length = 0;
			this.eventStart = 0;
			this.lineStart = 0;
			this.scanned = 0;
			return buffer;
		}
		byte[] out = taken();
		DataBuffer answer = (out.length > 0) ? buffer.factory().wrap(out) : null;
		DataBufferUtils.release(buffer);
		return answer;
	}

	/**
	 * Takes what is left when nothing comes any more: the last event may lack its blank
	 * line.
	 * @return what to hand on
	 */
	byte[] last() {
		if (this.length == 0) {
			return NONE;
		}
		ensure(2);
		this.bytes[this.length++] = '\n';
		this.bytes[this.length++] = '\n';
		lines(true);
		return taken();
	}

	private void append(DataBuffer buffer) {
		int more = buffer.readableByteCount();
		if (this.length + (long) more > MAX_EVENT) {
			DataBufferUtils.release(buffer);
			throw new RequestRefusedException(HttpStatus.BAD_GATEWAY, "stream_error",
					"The provider's event is too long");
		}
		ensure(more);
		int position = buffer.readPosition();
		buffer.read(this.bytes, this.length, more);
		buffer.readPosition(position);
		this.length += more;
	}

	private void ensure(int more) {
		int needed = this.length + more;
		if (needed > this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(needed, Math.min(2 * this.bytes.length, MAX_EVENT)));
		}
	}

	private byte[] taken() {
		byte[] out = (this.changed != null) ? this.changed.toByteArray() : Arrays.copyOf(this.bytes, this.eventStart);
		int rest = this.length - this.eventStart;
		System.arraycopy(this.bytes, this.eventStart, this.bytes, 0, rest);
		this.lineStart -= this.eventStart;
		this.scanned -= this.eventStart;
		this.dataStart -= (this.dataStart >= 0) ? this.eventStart : 0;
		this.dataEnd -= this.eventStart;
		this.length = rest;
		this.eventStart = 0;
		this.changed = null;
		return out;
	}

	private void lines(boolean over) {
		int position = this.scanned;
		while (position < this.length) {
			byte c = this.bytes[position];
			if (c == '\n') {
				line(position, position + 1);
			}
			else if (c == '\r') {
				if (position + 1 == this.length && !over) {
					// perhaps the first half of a line's end
					break;
				}
				boolean pair = position + 1 < this.length && this.bytes[position + 1] == '\n';
				line(position, position + (pair ? 2 : 1));
				position += pair ? 1 : 0;
			}
			position++;
		}
		this.scanned = position;
	}

	private void line(int end, int next) {
		int start = this.lineStart;
		this.lineStart = next;
		if (end > start) {
			if (isData(start, end)) {
				data(start + DATA.length, end);
			}
			return;
		}
		event(next);
	}

	private boolean isData(int start, int end) {
		return end - start >= DATA.length
				&& Arrays.equals(this.bytes, start, start + DATA.length, DATA, 0, DATA.length);
	}

	private void data(int start, int end) {
		if (this.dataStart < 0) {
			this.dataStart = start;
			this.dataEnd = end;
			this.spaceMissing = start == end || this.bytes[start] != ' ';
			return;
		}
		if (this.joined == null) {
			this.joined = new ByteArrayOutputStream();
			this.joined.write(this.bytes, this.dataStart, this.dataEnd - this.dataStart);
		}
		this.joined.write('\n');
		this.joined.write(this.bytes, start, end - start);
	}

	/** An event is over; what is left of a provider's idea of one may be left out. */
	private void event(int next) {
		int start = this.eventStart;
		boolean wanted = this.dataStart < 0 || isWanted();
		if (wanted && !(this.spaceMissing && this.joined == null)) {
			if (this.changed != null) {
				this.changed.write(this.bytes, start, next - start);
			}
		}
		else {
			ByteArrayOutputStream out = changed(start);
			if (wanted) {
				// with the space after the colon that some readers insist on
				out.write(this.bytes, start, this.dataStart - start);
				out.write(' ');
				out.write(this.bytes, this.dataStart, next - this.dataStart);
			}
		}
		this.eventStart = next;
		this.dataStart = -1;
		this.spaceMissing = false;
		this.joined = null;
	}

	private boolean isWanted() {
		if (this.joined == null) {
			return this.judge.isWanted(this.bytes, this.dataStart, this.dataEnd - this.dataStart);
		}
		byte[] data = this.joined.toByteArray();
		return this.judge.isWanted(data, 0, data.length);
	}

	private ByteArrayOutputStream changed(int start) {
		if (this.changed == null) {
			this.changed = new ByteArrayOutputStream(this.length);
			this.changed.write(this.bytes, 0, start);
		}
		return this.changed;
	}

	/**
	 * Sees the data of every event.
	 */
	@FunctionalInterface
	interface Judge {

		/** Whether the event is to be handed on. */
		boolean isWanted(byte[] bytes, int start, int length);

	}

}
