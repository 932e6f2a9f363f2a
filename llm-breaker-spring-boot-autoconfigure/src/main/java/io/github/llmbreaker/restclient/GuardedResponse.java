// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import java.io.IOException;
import java.io.InputStream;

import io.github.llmbreaker.call.BlockingAnswer;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/**
 * An answer as the caller gets it.
 *
 * @param answer what there is of it
 */
record GuardedResponse(BlockingAnswer<ClientHttpResponse> answer) implements ClientHttpResponse {

	/**
	 * Returns what the caller gets.
	 */
	static @Nullable ClientHttpResponse of(@Nullable BlockingAnswer<ClientHttpResponse> answer) {
		if (answer == null) {
			return null;
		}
		return answer.isGuarded() ? new GuardedResponse(answer) : answer.answer();
	}

	@Override
	public HttpStatusCode getStatusCode() throws IOException {
		return this.answer.answer().getStatusCode();
	}

	@Override
	public String getStatusText() throws IOException {
		return this.answer.answer().getStatusText();
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.answer.answer().getHeaders();
	}

	@Override
	public InputStream getBody() throws IOException {
		return this.answer.body();
	}

	@Override
	public void close() {
		this.answer.close();
	}

}
