// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.actuate.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Why a request could not be carried out: a problem detail of RFC 9457.
 *
 * @param title the kind of problem in two words
 * @param status the status of the answer
 * @param detail what is wrong, and what is allowed
 * @param states the states that can be asked for; {@code null} if that is not the matter
 * @since 0.1.0
 */
public record ProblemDescriptor(String title, int status, @Nullable String detail,
		@Nullable List<String> states) implements OperationResponseBody {

	private static final String NO_JSON = "The body must be JSON such as {\"state\":\"FORCED_OPEN\",\"duration\":\"PT10M\"}, "
			+ "with Content-Type: application/json";

	/** The name is not repeated: it is text of whoever asks. */
	static ProblemDescriptor notFound() {
		return new ProblemDescriptor("Not Found", WebEndpointResponse.STATUS_NOT_FOUND,
				"There is no breaker of that name; each is made by the first call to its model", null);
	}

	static ProblemDescriptor badRequest(@Nullable String detail) {
		return new ProblemDescriptor("Bad Request", WebEndpointResponse.STATUS_BAD_REQUEST, detail,
				StateCommand.STATES);
	}

	static ProblemDescriptor noJson() {
		return badRequest(NO_JSON);
	}

	/**
	 * Returns the answer to a body that never reaches the endpoint, as it can't be read:
	 * the problem as JSON.
	 */
	public static byte[] unreadable() {
		return "{\"title\":\"Bad Request\",\"status\":400,\"detail\":\"%s\",\"states\":[\"%s\"]}"
			.formatted(NO_JSON.replace("\"", "\\\""), String.join("\",\"", StateCommand.STATES))
			.getBytes(StandardCharsets.US_ASCII);
	}

}
