// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.util.Locale;

import io.github.llmbreaker.breaker.StreamRecovery;
import io.github.llmbreaker.breaker.TargetGate;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * How long good answers are held back because another answer can still take their place:
 * a stream until its first content event or its end, a JSON document until its end,
 * anything else not at all. Both pass when they get too long.
 *
 * @param holds whether anything is held back
 * @param wholeStreams whether a stream is held back until its end
 */
record HoldRule(boolean holds, boolean wholeStreams) {

	/** Answers pass as they come. */
	static final HoldRule NONE = new HoldRule(false, false);

	private static final int MAX_DOCUMENT_BYTES = 1024 * 1024;

	private static final int MAX_STREAM_BYTES = 16 * 1024 * 1024;

	static HoldRule of(TargetGate gate) {
		return new HoldRule(true, gate.policy().streamRecovery() == StreamRecovery.BUFFER);
	}

	boolean holds(HttpHeaders headers, boolean stream) {
		return this.holds && (stream || isJson(headers.getFirst(HttpHeaders.CONTENT_TYPE)));
	}

	private static boolean isJson(@Nullable String contentType) {
		return contentType != null && contentType.toLowerCase(Locale.ROOT).contains("json");
	}

	/**
	 * Whether an answer may pass.
	 * @param watch what has been seen of it
	 * @param size how many bytes that was
	 */
	boolean mayPass(BodyWatch watch, int size) {
		if (watch.isSettled()) {
			return true;
		}
		if (watch.isStream()) {
			return size >= MAX_STREAM_BYTES || !this.wholeStreams && watch.hasContent();
		}
		return size >= MAX_DOCUMENT_BYTES;
	}

}
