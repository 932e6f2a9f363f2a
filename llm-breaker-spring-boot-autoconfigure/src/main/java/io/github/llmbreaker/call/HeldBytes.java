// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;

/**
 * The beginning of a body, read before the caller asks for it.
 *
 * @param bytes what was read; not to be changed
 * @param rest what was not
 * @param ended whether nothing is left
 */
@SuppressWarnings("ArrayRecordComponent")
record HeldBytes(byte[] bytes, InputStream rest, boolean ended) {

	/** Nothing, and more to come. */
	static final HeldBytes NONE = new HeldBytes(new byte[0], InputStream.nullInputStream(), false);

	/**
	 * Reads the beginning of an error's body. A connection that breaks meanwhile is the
	 * reader's to notice: what arrived is judged, the exception comes again behind it.
	 * @param limit how much of it, in bytes
	 */
	static HeldBytes ofError(InputStream body, int limit) {
		return ofError(body, limit, body::read);
	}

	/**
	 * Reads the beginning of an error's body, as far as it comes within
	 * {@linkplain HoldRule#ERROR_PATIENCE good time}.
	 * @param limit how much of it, in bytes
	 * @param arrived when its head came, in nanoseconds since the start of the attempt
	 */
	static HeldBytes ofError(LimitedInputStream body, int limit, long arrived) {
		long patience = arrived + HoldRule.ERROR_PATIENCE.toNanos();
		return ofError(body, limit, (bytes, offset, length) -> body.readUntil(patience, bytes, offset, length));
	}

	private static HeldBytes ofError(InputStream body, int limit, Reader reader) {
		ByteArrayOutputStream held = new ByteArrayOutputStream();
		byte[] chunk = new byte[Math.min(limit, HoldRule.CHUNK_BYTES)];
		try {
			int count = 1;
			while (count > 0 && held.size() < limit) {
				count = reader.read(chunk, 0, Math.min(chunk.length, limit - held.size()));
				held.write(chunk, 0, Math.max(0, count));
			}
			return new HeldBytes(held.toByteArray(), body, count < 0);
		}
		catch (IOException | RuntimeException ex) {
			return new HeldBytes(held.toByteArray(), new BrokenInputStream(body, ex), false);
		}
	}

	/**
	 * Reads a good answer until it may pass. A connection that breaks meanwhile is the
	 * reader's to notice, as if nothing had been held.
	 */
	static HeldBytes ofAnswer(InputStream body, AnswerWatch watch, HoldRule rule) {
		ByteArrayOutputStream held = new ByteArrayOutputStream();
		byte[] chunk = new byte[HoldRule.CHUNK_BYTES];
		int count = 0;
		try {
			while (count >= 0 && !rule.mayPass(watch, held.size())) {
				count = watch.isStream() ? readWhatIsThere(body, chunk, 0) : body.read(chunk, 0, chunk.length);
				held.write(chunk, 0, Math.max(0, count));
			}
			return new HeldBytes(held.toByteArray(), body, count < 0);
		}
		catch (IOException | RuntimeException ex) {
			return new HeldBytes(held.toByteArray(), new BrokenInputStream(body, ex), false);
		}
	}

	/**
	 * Whether the connection broke behind these bytes.
	 * @return whether reading the rest fails at once
	 */
	boolean isBroken() {
		return this.rest instanceof BrokenInputStream;
	}

	/**
	 * Waits for one byte and reads what has come with it. Some clients would wait until
	 * the whole array is full.
	 */
	static int readWhatIsThere(InputStream body, byte[] bytes, int offset) throws IOException {
		int first = body.read();
		if (first < 0) {
			return -1;
		}
		bytes[offset] = (byte) first;
		int there = Math.min(body.available(), bytes.length - offset - 1);
		return 1 + ((there > 0) ? Math.max(0, body.read(bytes, offset + 1, there)) : 0);
	}

	/**
	 * Returns a longer beginning.
	 * @param next what was read after this one
	 */
	HeldBytes followedBy(HeldBytes next) {
		if (next.bytes.length == 0) {
			return new HeldBytes(this.bytes, next.rest, next.ended);
		}
		byte[] both = Arrays.copyOf(this.bytes, this.bytes.length + next.bytes.length);
		System.arraycopy(next.bytes, 0, both, this.bytes.length, next.bytes.length);
		return new HeldBytes(both, next.rest, next.ended);
	}

	/** Returns the whole body, as if nothing had been read. */
	InputStream replayed() {
		InputStream held = new ByteArrayInputStream(this.bytes);
		return this.ended ? held : new SequenceInputStream(held, this.rest);
	}

	/** Reads a piece: 0 bytes if it does not come in time. */
	@FunctionalInterface
	private interface Reader {

		int read(byte[] bytes, int offset, int length) throws IOException;

	}

	/** Ends with the exception that came when it was read before. */
	private static final class BrokenInputStream extends InputStream {

		private final InputStream body;

		private final Exception failure;

		BrokenInputStream(InputStream body, Exception failure) {
			this.body = body;
			this.failure = failure;
		}

		@Override
		public int read() {
			throw Unchecked.rethrow(this.failure);
		}

		@Override
		public void close() throws IOException {
			this.body.close();
		}

	}

}
