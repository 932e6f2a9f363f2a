// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import java.net.URI;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.support.HttpRequestWrapper;

/**
 * The same request with another URL and other headers.
 */
final class RewrittenRequest extends HttpRequestWrapper {

	private final URI url;

	private final HttpHeaders headers;

	RewrittenRequest(HttpRequest request, URI url, HttpHeaders headers) {
		super(request);
		this.url = url;
		this.headers = headers;
	}

	@Override
	public URI getURI() {
		return this.url;
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.headers;
	}

}
