// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.call.RequestRoute;
import io.github.llmbreaker.provider.request.RequestRewrite;

import org.springframework.http.HttpHeaders;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.client.ClientRequest;

/**
 * Makes the requests of the attempts of one call.
 */
final class AttemptRequests {

	private final ClientRequest original;

	private final ResendableBody body;

	private boolean sent;

	AttemptRequests(ClientRequest original, BodyInserter<?, ? super ClientHttpRequest> body) {
		this.original = original;
		this.body = new ResendableBody(body);
	}

	/**
	 * Whether another request can be made: the body is not too long to be kept.
	 */
	boolean canRepeat() {
		return !this.body.isTooLong();
	}

	ClientRequest next(RequestRoute route, LlmTarget target) {
		RequestRewrite change = route.rewrite();
		if (change == null) {
			BodyInserter<?, ClientHttpRequest> inserter = this.sent ? this.body.again((bytes, type) -> bytes)
					: this.body.first();
			this.sent = true;
			return ClientRequest.from(this.original).body(inserter).build();
		}
		this.sent = true;
		BodyInserter<?, ClientHttpRequest> inserter = this.body.again(route::body);
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

}
