// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;

/**
 * The beginning of an error answer's body, read ahead for judgement.
 *
 * @param bytes what was read
 * @param rest what was not
 */
@SuppressWarnings("ArrayRecordComponent")
record ErrorBody(byte[] bytes, InputStream rest) {

	private static final int MAX_BYTES = 64 * 1024;

	/**
	 * Reads ahead. A connection that breaks meanwhile is the reader's to notice: what
	 * arrived is judged, the exception comes again behind it.
	 */
	static ErrorBody read(InputStream body) {
		byte[] bytes = new byte[MAX_BYTES];
		int length = 0;
		try {
			for (int count = 0; count >= 0 && length < MAX_BYTES;) {
				count = body.read(bytes, length, MAX_BYTES - length);
				length += Math.max(0, count);
			}
			return new ErrorBody(Arrays.copyOf(bytes, length), body);
		}
		catch (IOException ex) {
			return new ErrorBody(Arrays.copyOf(bytes, length), new FailingInputStream(body, ex));
		}
	}

	/**
	 * Returns the whole body, as if nothing had been read.
	 */
	InputStream replayed() {
		return new SequenceInputStream(new ByteArrayInputStream(this.bytes), this.rest);
	}

	/**
	 * Ends with the exception that came when it was read before.
	 */
	private static final class FailingInputStream extends InputStream {

		private final InputStream body;

		private final IOException failure;

		FailingInputStream(InputStream body, IOException failure) {
			this.body = body;
			this.failure = failure;
		}

		@Override
		public int read() throws IOException {
			throw this.failure;
		}

		@Override
		public void close() throws IOException {
			this.body.close();
		}

	}

}
