// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * Shows the body of a good answer to its watch while the caller reads it.
 */
final class WatchedInputStream extends FilterInputStream {

	private final AnswerWatch watch;

	private final long length;

	private final byte[] single = new byte[1];

	private long position;

	private long mark;

	/** How far the watch has seen the body, which may be read several times. */
	private long seen;

	/**
	 * Creates it.
	 * @param body the body, from its beginning
	 * @param length how many bytes it has, so that nobody has to ask for more to know its
	 * end; negative if unknown
	 * @param before who has read the same body before; {@code null} if nobody has
	 */
	WatchedInputStream(InputStream body, AnswerWatch watch, long length, @Nullable WatchedInputStream before) {
		super(body);
		this.watch = watch;
		this.length = length;
		this.seen = (before != null) ? before.seen : 0;
	}

	@Override
	public int read() throws IOException {
		int count = read(this.single, 0, 1);
		return (count < 0) ? -1 : this.single[0] & 0xff;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		int count = readBody(bytes, offset, length);
		if (count < 0) {
			this.watch.complete();
		}
		else if (count > 0) {
			see(bytes, offset, count);
		}
		return count;
	}

	private void see(byte[] bytes, int offset, int count) {
		int known = (int) Math.min(count, Math.max(0, this.seen - this.position));
		this.position += count;
		this.seen = Math.max(this.seen, this.position);
		if (known < count) {
			this.watch.see(ByteBuffer.wrap(bytes, offset + known, count - known));
		}
		if (this.seen == this.length) {
			this.watch.complete();
		}
	}

	private int readBody(byte[] bytes, int offset, int length) throws IOException {
		this.watch.claim();
		try {
			return this.in.read(bytes, offset, length);
		}
		catch (Throwable ex) {
			// some clients throw their own unchecked exceptions
			this.watch.fail(ex);
			throw ex;
		}
	}

	@Override
	public long skip(long count) throws IOException {
		byte[] skipped = new byte[(int) Math.max(0, Math.min(count, HoldRule.CHUNK_BYTES))];
		return (count > 0) ? Math.max(0, read(skipped, 0, skipped.length)) : 0;
	}

	@Override
	public void mark(int limit) {
		this.in.mark(limit);
		this.mark = this.position;
	}

	@Override
	public void reset() throws IOException {
		this.in.reset();
		this.position = this.mark;
	}

	@Override
	public void close() throws IOException {
		this.watch.leave();
		Bodies.close(this.in);
	}

}
