// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.provider.IdentifiedCall;
import io.github.llmbreaker.provider.LlmDialect;
import io.github.llmbreaker.provider.LlmProvider;
import io.github.llmbreaker.provider.LlmProviders;
import io.github.llmbreaker.provider.request.RequestRewrite;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.client.ClientRequest;

/**
 * Makes the requests of the attempts of one call.
 */
final class AttemptRequests {

	private static final String MULTIPART = "multipart/";

	private final LlmProviders providers;

	private final IdentifiedCall call;

	private final ClientRequest original;

	private final ResendableBody body;

	private boolean sent;

	private LlmProvider provider;

	private @Nullable RequestRewrite rewrite;

	AttemptRequests(LlmProviders providers, IdentifiedCall call, ClientRequest original,
			BodyInserter<?, ? super ClientHttpRequest> body) {
		this.providers = providers;
		this.call = call;
		this.original = original;
		this.body = new ResendableBody(body);
		this.provider = call.provider();
	}

	/**
	 * Whether the request can be sent to a target: its provider speaks the same dialect
	 * and its key is known.
	 */
	boolean canReach(LlmTarget target) {
		LlmProvider own = this.call.provider();
		return target.provider().equals(own.id())
				|| this.providers.find(target.provider()).filter((other) -> other.canStandInFor(own)).isPresent();
	}

	/**
	 * Whether another request can be made: the body is not too long to be kept.
	 */
	boolean canRepeat() {
		return !this.body.isTooLong();
	}

	/**
	 * All further requests go to another target.
	 */
	void reroute(LlmTarget target) {
		this.provider = this.providers.find(target.provider()).orElse(this.call.provider());
		this.rewrite = new RequestRewrite(this.call, this.original.url(), this.provider,
				String.valueOf(target.model()));
	}

	LlmDialect dialect() {
		return this.provider.dialect();
	}

	ClientRequest next(LlmTarget target) {
		RequestRewrite change = this.rewrite;
		if (change == null) {
			BodyInserter<?, ClientHttpRequest> inserter = this.sent ? this.body.again((bytes, type) -> bytes)
					: this.body.first();
			this.sent = true;
			return ClientRequest.from(this.original).body(inserter).build();
		}
		this.sent = true;
		BodyInserter<?, ClientHttpRequest> inserter = this.body.again((bytes, type) -> rewrite(change, bytes, type));
		ClientRequest.Builder builder = ClientRequest.create(this.original.method(), change.url())
			.headers((headers) -> copyHeaders(headers, change))
			.attributes((attributes) -> {
				attributes.putAll(this.original.attributes());
				attributes.computeIfPresent(LlmTarget.ATTRIBUTE, (name, given) -> target);
			});
		return change.isOtherProvider() ? crossing(builder, change, inserter) : sibling(builder, inserter);
	}

	private ClientRequest crossing(ClientRequest.Builder builder, RequestRewrite change,
			BodyInserter<?, ClientHttpRequest> inserter) {
		CrossingGuard guard = new CrossingGuard(change, change.url());
		return builder.httpRequest(guard.hook(this.original.httpRequest())).body(guard.body(inserter)).build();
	}

	private ClientRequest sibling(ClientRequest.Builder builder, BodyInserter<?, ClientHttpRequest> inserter) {
		if (this.original.httpRequest() != null) {
			builder.httpRequest(this.original.httpRequest());
		}
		return builder.cookies((cookies) -> cookies.addAll(this.original.cookies())).body(inserter).build();
	}

	private void copyHeaders(HttpHeaders headers, RequestRewrite change) {
		this.original.headers().forEach((name, values) -> {
			if (change.keeps(name) && !HttpHeaders.CONTENT_LENGTH.equalsIgnoreCase(name)) {
				headers.addAll(name, values);
			}
		});
		change.ownHeaders().forEach((header) -> headers.set(header.name(), header.value()));
	}

	private static byte[] rewrite(RequestRewrite change, byte[] bytes, @Nullable String contentType) {
		if (contentType != null && contentType.regionMatches(true, 0, MULTIPART, 0, MULTIPART.length())) {
			return change.multipart(bytes, contentType);
		}
		return (bytes.length > 0) ? change.json(bytes) : bytes;
	}

}
