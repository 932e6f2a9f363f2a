// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

import io.github.llmbreaker.LlmCallRejectedException;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a web request whose LLM call was rejected: a problem detail of RFC 9457
 * with status 503.
 */
final class RejectionProblem {

	static final String CONTENT_TYPE = "application/problem+json";

	static final int STATUS = 503;

	/**
	 * Vendors' SDKs wait as long as {@code Retry-After} says and call again, often more
	 * than once; this header makes them report the rejection at once.
	 */
	static final String SHOULD_RETRY = "x-should-retry";

	static final String SHOULD_NOT_RETRY = "false";

	private final LlmCallRejectedException rejection;

	private RejectionProblem(LlmCallRejectedException rejection) {
		this.rejection = rejection;
	}

	/**
	 * Looks for a rejection in what a request handler threw.
	 * @param failure what it threw: the rejection or something around it
	 * @return the problem, or {@code null} if this is about something else
	 */
	static @Nullable RejectionProblem find(Throwable failure) {
		if (failure instanceof LlmCallRejectedException rejection) {
			return new RejectionProblem(rejection);
		}
		return (failure.getCause() instanceof LlmCallRejectedException rejection) ? new RejectionProblem(rejection)
				: null;
	}

	/** Returns whole seconds to wait, rounded up, at least 1. */
	long retryAfterSeconds() {
		Duration wait = this.rejection.getRetryAfter();
		long seconds = (wait.getNano() > 0) ? wait.getSeconds() + 1 : wait.getSeconds();
		return Math.max(1, seconds);
	}

	/** Returns the body as JSON. */
	byte[] body() {
		StringBuilder json = new StringBuilder("{\"title\":\"Service Unavailable\",\"status\":").append(STATUS);
		append(json, "detail", Objects.requireNonNull(this.rejection.getMessage()));
		append(json, "state", this.rejection.getState().name());
		if (this.rejection.getReason() != null) {
			append(json, "reason", this.rejection.getReason().name());
		}
		json.append(",\"retryAfter\":").append(retryAfterSeconds()).append('}');
		return json.toString().getBytes(StandardCharsets.UTF_8);
	}

	private static void append(StringBuilder json, String member, String value) {
		json.append(",\"").append(member).append("\":\"");
		value.chars().forEach((c) -> appendEscaped(json, (char) c));
		json.append('"');
	}

	// model names are untrusted text; < is for those who put the answer into a page
	private static void appendEscaped(StringBuilder json, char c) {
		if (c == '"' || c == '\\' || c == '<' || c < ' ' || c >= '\u007f') {
			json.append("\\u").append("%04x".formatted((int) c));
		}
		else {
			json.append(c);
		}
	}

}
