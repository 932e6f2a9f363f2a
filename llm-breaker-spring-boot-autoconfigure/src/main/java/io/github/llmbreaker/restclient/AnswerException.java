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

package io.github.llmbreaker.restclient;

import java.io.ByteArrayInputStream;
import java.io.Serial;

import org.springframework.http.client.ClientHttpResponse;

/**
 * An answer that is an error, while it is not decided whether the caller gets it. Never
 * leaves this package.
 */
final class AnswerException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private transient ClientHttpResponse response;

	AnswerException(ClientHttpResponse response) {
		super(null, null, true, false);
		this.response = response;
	}

	ClientHttpResponse response() {
		return this.response;
	}

	/**
	 * Gives the connection back and keeps what may be handed on later.
	 * @param body the beginning of the body
	 */
	void detach(byte[] body) {
		ClientHttpResponse connected = this.response;
		this.response = new DelegatingResponse(connected, new ByteArrayInputStream(body));
		connected.close();
	}

}
