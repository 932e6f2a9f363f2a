// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.call.Attempt;
import io.github.llmbreaker.call.RequestRoute;
import io.github.llmbreaker.call.reactive.ReactiveAttempt;
import io.github.llmbreaker.call.reactive.ReactiveExchange;
import io.github.llmbreaker.provider.request.RequestRewrite;

import org.springframework.http.HttpHeaders;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * Makes the requests of the attempts of one call.
 */
final class AttemptRequests implements ReactiveExchange.Requests<ClientResponse> {

	private final GuardedExchange exchange;

	private final ClientRequest original;

	private final ResendableBody body;

	private boolean sent;

	AttemptRequests(GuardedExchange exchange, BodyInserter<?, ? super ClientHttpRequest> body) {
		this.exchange = exchange;
		this.original = exchange.request();
		this.body = new ResendableBody(body);
	}

	@Override
	public ClientAnswers answers() {
		return ClientAnswers.INSTANCE;
	}

	@Override
	public String method() {
		return this.original.method().name();
	}

	@Override
	public boolean isUnsent(Throwable error) {
		return CrossingGuard.hasStopped(error);
	}

	@Override
	public boolean canRepeat() {
		return !this.body.isTooLong();
	}

	@Override
	public ReactiveAttempt.Sender<ClientResponse> next(Attempt attempt, RequestRoute route) {
		this.exchange.trace(attempt.permit());
		ClientRequest request = request(route, attempt.target());
		return (running) -> this.exchange.send(request, running);
	}

	private ClientRequest request(RequestRoute route, LlmTarget target) {
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
