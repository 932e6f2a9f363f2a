// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

import io.github.llmbreaker.CallOutcome;
import org.jspecify.annotations.Nullable;

/**
 * A good answer, read ahead as far as another answer can still take its place: a stream
 * up to its first content event, a document up to its end.
 *
 * @param bytes what was read
 * @param rest what was not
 * @param outcome how the call ended; {@code null} if that is not known yet
 */
@SuppressWarnings("ArrayRecordComponent")
record ReadAhead(byte[] bytes, InputStream rest, @Nullable CallOutcome outcome) {

	/** A longer document is handed on before its end. */
	private static final int MAX_DOCUMENT_BYTES = 1024 * 1024;

	private static final int MAX_STREAM_BYTES = 16 * 1024 * 1024;

	private static final int CHUNK_BYTES = 8 * 1024;

	/**
	 * Reads ahead.
	 * @param holdsStreams whether a stream, too, is read up to its end
	 */
	static ReadAhead of(ObservedInputStream body, boolean holdsStreams) throws IOException {
		ByteArrayOutputStream held = new ByteArrayOutputStream();
		byte[] chunk = new byte[CHUNK_BYTES];
		int count = 0;
		while (count >= 0 && !body.isSettled() && !mayPass(body, held.size(), holdsStreams)) {
			count = body.read(chunk, 0, CHUNK_BYTES);
			held.write(chunk, 0, Math.max(0, count));
		}
		boolean ended = count < 0 || body.isSettled();
		return new ReadAhead(held.toByteArray(), body, ended ? body.outcome() : null);
	}

	private static boolean mayPass(ObservedInputStream body, int size, boolean holdsStreams) {
		if (body.isStream()) {
			return size >= MAX_STREAM_BYTES || (!holdsStreams && body.hasContent());
		}
		return size >= MAX_DOCUMENT_BYTES;
	}

	/**
	 * Returns the whole body, as if nothing had been read.
	 */
	InputStream replayed() {
		return new SequenceInputStream(new ByteArrayInputStream(this.bytes), this.rest);
	}

}
