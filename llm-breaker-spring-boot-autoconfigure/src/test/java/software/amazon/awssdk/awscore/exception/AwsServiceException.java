/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
