// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import java.io.IOException;
import java.io.InputStream;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/**
 * An answer with another stream in front of the same body.
 */
final class DelegatingResponse implements ClientHttpResponse {

	private final ClientHttpResponse response;

	private final InputStream body;

	DelegatingResponse(ClientHttpResponse response, InputStream body) {
		this.response = response;
		this.body = body;
	}

	@Override
	public HttpStatusCode getStatusCode() throws IOException {
		return this.response.getStatusCode();
	}

	@Override
	public String getStatusText() throws IOException {
		return this.response.getStatusText();
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.response.getHeaders();
	}

	@Override
	public InputStream getBody() {
		return this.body;
	}

	@Override
	public void close() {
		try (this.response) {
			this.body.close();
		}
		catch (IOException ex) {
			// as ClientHttpResponse demands: closing never fails
		}
	}

}
