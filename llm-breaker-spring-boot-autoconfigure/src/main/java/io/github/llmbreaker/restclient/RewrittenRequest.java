// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import java.net.URI;

import io.github.llmbreaker.provider.request.RequestRewrite;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.support.HttpRequestWrapper;

/**
 * The same request to another model, maybe of another provider.
 */
final class RewrittenRequest extends HttpRequestWrapper {

	private final RequestRewrite rewrite;

	private final URI url;

	private final HttpHeaders headers;

	RewrittenRequest(HttpRequest request, RequestRewrite rewrite, HttpHeaders headers) {
		super(request);
		this.rewrite = rewrite;
		this.url = rewrite.url();
		this.headers = headers;
	}

	/**
	 * Whether it goes to another provider.
	 */
	boolean isCrossing() {
		return this.rewrite.isOtherProvider();
	}

	/**
	 * Copies the headers into those of the request that is sent, which may have some
	 * already.
	 */
	void writeTo(HttpHeaders sent) {
		this.headers.forEach((name, values) -> sent.put(name, values));
		this.rewrite.clean(sent.headerNames(), sent::remove, sent::set);
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
