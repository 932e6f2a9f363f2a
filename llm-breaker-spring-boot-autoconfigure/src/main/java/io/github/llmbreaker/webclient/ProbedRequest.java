// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.net.URI;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.ClientRequest;

/**
 * A request that is never sent, into which a body can insert itself to show what it is.
 */
final class ProbedRequest implements ClientHttpRequest {

	private final ClientRequest request;

	private @Nullable HttpHeaders headers;

	private @Nullable Publisher<?> body;

	ProbedRequest(ClientRequest request) {
		this.request = request;
	}

	/**
	 * Returns what would have been written: objects or buffers.
	 */
	@Nullable Publisher<?> body() {
		return this.body;
	}

	void body(Publisher<?> body) {
		this.body = body;
	}

	@Override
	public HttpMethod getMethod() {
		return this.request.method();
	}

	@Override
	public URI getURI() {
		return this.request.url();
	}

	@Override
	public Map<String, Object> getAttributes() {
		return Map.copyOf(this.request.attributes());
	}

	@Override
	public HttpHeaders getHeaders() {
		if (this.headers == null) {
			// Spring's inserters only read; a copy is for those that write.
			boolean reads = this.request.body().getClass().getNestHost() == BodyInserters.class;
			this.headers = reads ? HttpHeaders.EMPTY : HttpHeaders.copyOf(this.request.headers());
		}
		return this.headers;
	}

	@Override
	public MultiValueMap<String, HttpCookie> getCookies() {
		return new LinkedMultiValueMap<>();
	}

	@Override
	public <T> T getNativeRequest() {
		throw new UnsupportedOperationException("This request is never sent");
	}

	@Override
	public DataBufferFactory bufferFactory() {
		return DefaultDataBufferFactory.sharedInstance;
	}

	@Override
	public void beforeCommit(Supplier<? extends Mono<Void>> action) {
	}

	@Override
	public boolean isCommitted() {
		return false;
	}

	@Override
	public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
		this.body = body;
		return Mono.empty();
	}

	@Override
	public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
		return Mono.empty();
	}

	@Override
	public Mono<Void> setComplete() {
		return Mono.empty();
	}

}
