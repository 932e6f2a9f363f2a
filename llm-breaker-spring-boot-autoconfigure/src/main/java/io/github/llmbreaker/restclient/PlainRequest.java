// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;

/**
 * A request that is no LLM call by its URL, and may become one until its body is written.
 */
class PlainRequest implements ClientHttpRequest {

	private final LlmBreakerClientHttpRequestFactory factory;

	private ClientHttpRequest request;

	private boolean settled;

	PlainRequest(LlmBreakerClientHttpRequestFactory factory, ClientHttpRequest request) {
		this.factory = factory;
		this.request = request;
	}

	final ClientHttpRequest settled() throws IOException {
		if (!this.settled) {
			this.request = this.factory.settle(this.request);
			this.settled = true;
		}
		return this.request;
	}

	@Override
	public HttpMethod getMethod() {
		return this.request.getMethod();
	}

	@Override
	public URI getURI() {
		return this.request.getURI();
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.request.getHeaders();
	}

	@Override
	public Map<String, Object> getAttributes() {
		return this.request.getAttributes();
	}

	@Override
	public OutputStream getBody() throws IOException {
		return settled().getBody();
	}

	@Override
	public ClientHttpResponse execute() throws IOException {
		return settled().execute();
	}

}
