// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import io.github.llmbreaker.call.RequestRoute;
import io.github.llmbreaker.provider.request.RequestRewrite;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;

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

}
