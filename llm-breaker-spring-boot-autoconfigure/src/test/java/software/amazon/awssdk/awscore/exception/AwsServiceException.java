// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package software.amazon.awssdk.awscore.exception;

import java.util.Map;
import java.util.Optional;

/**
 * Looks like the exception of Amazon's library.
 */
public class AwsServiceException extends RuntimeException {

	private final int statusCode;

	private final transient Details details;

	public AwsServiceException(int statusCode, String errorCode, String message, Map<String, String> headers) {
		super(message);
		this.statusCode = statusCode;
		this.details = new Details(errorCode, message, new Response(headers));
	}

	public int statusCode() {
		return this.statusCode;
	}

	public Details awsErrorDetails() {
		return this.details;
	}

	/**
	 * What the answer says.
	 */
	public record Details(String errorCode, String errorMessage, Response sdkHttpResponse) {
	}

	/**
	 * The answer.
	 */
	public record Response(Map<String, String> headers) {

		public Optional<String> firstMatchingHeader(String name) {
			return Optional.ofNullable(this.headers.get(name));
		}

	}

}
