// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.net.URI;
import java.util.Map;
import java.util.function.Consumer;

import io.github.llmbreaker.call.reactive.ReactiveAttempt;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeStrategies;
import org.springframework.web.reactive.function.client.WebClientRequestException;

/**
 * A request whose writing fails like everything else, whatever a hook, a body inserter or
 * an encoder throws: errors that Reactor takes for fatal get lost in an event loop, and
 * the call with them.
 *
 * @param request the request
 * @param attempt told of an error that would get lost
 */
record SafeRequest(ClientRequest request, ReactiveAttempt<ClientResponse> attempt) implements ClientRequest {

	@Override
	public Mono<Void> writeTo(ClientHttpRequest message, ExchangeStrategies strategies) {
		try {
			return new SafeWrite(this.request.writeTo(message, strategies), this);
		}
		catch (Throwable ex) {
			fail(ex);
			throw ex;
		}
	}

	private void fail(Throwable failure) {
		if (Exceptions.isJvmFatal(failure)) {
			this.attempt.writingFailed(new WebClientRequestException(failure, method(), url(), headers()));
		}
	}

	@Override
	public HttpMethod method() {
		return this.request.method();
	}

	@Override
	public URI url() {
		return this.request.url();
	}

	@Override
	public HttpHeaders headers() {
		return this.request.headers();
	}

	@Override
	public MultiValueMap<String, String> cookies() {
		return this.request.cookies();
	}

	@Override
	public BodyInserter<?, ? super ClientHttpRequest> body() {
		return this.request.body();
	}

	@Override
	public Map<String, Object> attributes() {
		return this.request.attributes();
	}

	@Override
	public @Nullable Consumer<ClientHttpRequest> httpRequest() {
		return this.request.httpRequest();
	}

	@Override
	public String logPrefix() {
		return this.request.logPrefix();
	}

	/** The writing of the request. */
	private static final class SafeWrite extends Mono<Void> {

		private final Mono<Void> write;

		private final SafeRequest request;

		SafeWrite(Mono<Void> write, SafeRequest request) {
			this.write = write;
			this.request = request;
		}

		@Override
		public void subscribe(CoreSubscriber<? super Void> actual) {
			try {
				this.write.subscribe(actual);
			}
			catch (Throwable ex) {
				this.request.fail(ex);
				throw ex;
			}
		}

	}

}
