// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import java.net.URI;

import io.github.llmbreaker.call.RequestRoute;
import io.github.llmbreaker.provider.request.RequestRewrite;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.support.HttpRequestWrapper;

/**
 * What one attempt sends.
 *
 * @param request the request
 * @param body the request's body
 */
@SuppressWarnings("ArrayRecordComponent")
record OutgoingRequest(HttpRequest request, byte[] body) {

	/**
	 * Returns what is sent on a route.
	 */
	OutgoingRequest on(RequestRoute route) {
		RequestRewrite rewrite = route.rewrite();
		if (rewrite == null) {
			return this;
		}
		HttpHeaders headers = headers(rewrite);
		byte[] changed = route.body(this.body, headers.getFirst(HttpHeaders.CONTENT_TYPE));
		if (headers.getContentLength() >= 0) {
			headers.setContentLength(changed.length);
		}
		return new OutgoingRequest(new RewrittenRequest(this.request, rewrite, headers), changed);
	}

	private HttpHeaders headers(RequestRewrite rewrite) {
		HttpHeaders headers = new HttpHeaders();
		this.request.getHeaders().forEach((name, values) -> {
			if (rewrite.keeps(name)) {
				headers.addAll(name, values);
			}
		});
		rewrite.ownHeaders().forEach((header) -> headers.set(header.name(), header.value()));
		return headers;
	}

	/**
	 * The same request to another model, maybe of another provider.
	 */
	static final class RewrittenRequest extends HttpRequestWrapper {

		private final RequestRewrite rewrite;

		private final URI url;

		private final HttpHeaders headers;

		private RewrittenRequest(HttpRequest request, RequestRewrite rewrite, HttpHeaders headers) {
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

}
