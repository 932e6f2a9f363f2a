// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import java.util.Objects;

import io.github.llmbreaker.CallOutcome;
import org.jspecify.annotations.Nullable;

import org.springframework.http.client.ClientHttpResponse;

/**
 * An answer as the caller gets it.
 *
 * @param response the answer
 * @param failure how the call ended, if the head says so already; {@code null} for a good
 * answer
 * @param error the beginning of an error's body; empty for a good answer
 * @param body the body of a good answer; {@code null} for an error
 */
@SuppressWarnings("ArrayRecordComponent")
record GuardedAnswer(ClientHttpResponse response, @Nullable CallOutcome failure, byte[] error,
		@Nullable ObservedInputStream body) {

	private static final byte[] NONE = {};

	static GuardedAnswer good(ClientHttpResponse response, ObservedInputStream body) {
		return new GuardedAnswer(response, null, NONE, body);
	}

	static GuardedAnswer failed(ClientHttpResponse response, CallOutcome failure, byte[] error) {
		return new GuardedAnswer(response, failure, error, null);
	}

	ObservedInputStream requiredBody() {
		return Objects.requireNonNull(this.body);
	}

}
