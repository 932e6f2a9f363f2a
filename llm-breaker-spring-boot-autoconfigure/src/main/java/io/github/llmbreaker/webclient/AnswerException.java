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

package io.github.llmbreaker.webclient;

import java.io.Serial;

import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * An answer that is an error, while it is not decided whether the caller gets it. Is
 * never thrown.
 */
final class AnswerException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private transient ClientResponse response;

	AnswerException(ClientResponse response) {
		super("The provider answered with status " + response.statusCode().value(), null, true, false);
		this.response = response;
	}

	/**
	 * Replaces the answer by one that needs no connection.
	 */
	void detach(HeldAnswer answer) {
		this.response = answer.detached();
	}

	/**
	 * Returns the answer for the caller, whose exception names the other attempts, too.
	 */
	ClientResponse answer() {
		return (getSuppressed().length > 0) ? new FailedResponse(this.response, getSuppressed()) : this.response;
	}

}
