// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.time.Duration;
import java.util.Locale;

import io.github.llmbreaker.breaker.CallPolicy;
import io.github.llmbreaker.breaker.StreamRecovery;
import org.jspecify.annotations.Nullable;

/**
 * How long good answers are held back because another answer can still take their place:
 * a stream until its first content event or its end, a document until its end, sound,
 * pictures and other media not at all. Both pass when they get too long.
 *
 * @param holds whether anything is held back
 * @param wholeStreams whether a stream is held back until its end
 * @since 0.1.0
 */
public record HoldRule(boolean holds, boolean wholeStreams) {

	/** Answers pass as they come. */
	public static final HoldRule NONE = new HoldRule(false, false);

	/** How much of an error answer's body is judged, in bytes. */
	public static final int MAX_ERROR_BYTES = 64 * 1024;

	/**
	 * How much of a request's body is kept to repeat it, in bytes. A longer one is sent
	 * once, without retry and fallback.
	 */
	public static final int MAX_REQUEST_BYTES = 16 * 1024 * 1024;

	/**
	 * How much of an error answer's body is kept while another attempt is made, in bytes.
	 */
	public static final int MAX_KEPT_ERROR_BYTES = 16 * 1024 * 1024;

	/** How long an error answer is held back when its body does not come. */
	public static final Duration ERROR_PATIENCE = Duration.ofSeconds(5);

	/** How much is read at once. */
	static final int CHUNK_BYTES = 8 * 1024;

	/** A longer document is handed on before its end. */
	private static final int MAX_DOCUMENT_BYTES = 1024 * 1024;

	/** A longer stream is handed on before its end. */
	private static final int MAX_STREAM_BYTES = 16 * 1024 * 1024;

	/** Returns the rule for calls that can be retried or rerouted. */
	public static HoldRule of(CallPolicy policy) {
		return new HoldRule(true, policy.streamRecovery() == StreamRecovery.BUFFER);
	}

	/** Whether an answer is held back at all. */
	public boolean holds(@Nullable String contentType, boolean stream) {
		return this.holds && (stream || !isMedia(contentType));
	}

	/**
	 * Whether an answer may pass: it has settled how the call ends, or is as long as it
	 * may be.
	 * @param watch has seen what has arrived of it
	 */
	public boolean mayPass(AnswerWatch watch, int size) {
		if (watch.isSettled()) {
			return true;
		}
		if (watch.isStream()) {
			return size >= MAX_STREAM_BYTES || (watch.hasContent() && !this.wholeStreams);
		}
		return size >= MAX_DOCUMENT_BYTES;
	}

	private static boolean isMedia(@Nullable String contentType) {
		if (contentType == null) {
			return false;
		}
		String type = contentType.strip().toLowerCase(Locale.ROOT);
		return type.startsWith("audio/") || type.startsWith("image/") || type.startsWith("video/")
				|| type.startsWith("application/octet-stream");
	}

}
