// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.provider.IdentifiedCall;
import io.github.llmbreaker.provider.LlmProvider;
import io.github.llmbreaker.provider.LlmProviders;
import io.github.llmbreaker.provider.request.RequestRewrite;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Turns the first attempt of a call into the same attempt at another target.
 */
final class Rerouting {

	private final LlmProviders providers;

	private final GuardedAttempt original;

	Rerouting(LlmProviders providers, GuardedAttempt original) {
		this.providers = providers;
		this.original = original;
	}

	GuardedAttempt original() {
		return this.original;
	}

	/**
	 * Whether the request can be sent to a target: its provider speaks the same dialect
	 * and its key is known.
	 */
	boolean canReach(LlmTarget target) {
		LlmProvider own = this.original.call().provider();
		return target.provider().equals(own.id())
				|| this.providers.find(target.provider()).filter((other) -> other.canStandInFor(own)).isPresent();
	}

	GuardedAttempt to(LlmTarget target) {
		IdentifiedCall call = this.original.call();
		LlmProvider provider = this.providers.find(target.provider()).orElse(call.provider());
		RequestRewrite rewrite = new RequestRewrite(call, this.original.request().getURI(), provider,
				String.valueOf(target.model()));
		HttpHeaders headers = headers(rewrite);
		byte[] body = body(rewrite, headers.getFirst(HttpHeaders.CONTENT_TYPE));
		if (headers.getContentLength() >= 0) {
			headers.setContentLength(body.length);
		}
		return new GuardedAttempt(new IdentifiedCall(provider, call.operation(), target),
				new RewrittenRequest(this.original.request(), rewrite, headers), body);
	}

	private HttpHeaders headers(RequestRewrite rewrite) {
		HttpHeaders headers = new HttpHeaders();
		this.original.request().getHeaders().forEach((name, values) -> {
			if (rewrite.keeps(name)) {
				headers.addAll(name, values);
			}
		});
		rewrite.ownHeaders().forEach((header) -> headers.set(header.name(), header.value()));
		return headers;
	}

	private byte[] body(RequestRewrite rewrite, @Nullable String contentType) {
		byte[] body = this.original.body();
		String multipart = Multipart.typeOf(contentType);
		return (multipart != null) ? rewrite.multipart(body, multipart) : rewrite.json(body);
	}

}
