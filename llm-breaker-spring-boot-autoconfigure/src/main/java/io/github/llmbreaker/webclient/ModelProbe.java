// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Fuseable;
import reactor.core.publisher.Mono;

import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ReactiveHttpOutputMessage;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpRequestDecorator;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.ClientRequest;

/**
 * Finds out what the body of a request says about its model: it is a request that is
 * never sent, into which the body inserts itself to show what it is.
 */
final class ModelProbe implements ClientHttpRequest {

	private static final BodyInserter.Context CONTEXT = new SharedBody.Writers(List.of(new ProbingWriter()),
			Optional.empty(), Map.of());

	private final ClientRequest request;

	private @Nullable HttpHeaders headers;

	/** What would have been written: objects or buffers. */
	private @Nullable Publisher<?> body;

	private @Nullable String model;

	private ModelProbe(ClientRequest request) {
		this.request = request;
	}

	/** Looks at the body of a request, which stays as it is. */
	static ModelProbe of(ClientRequest request) {
		ModelProbe probe = new ModelProbe(request);
		try {
			request.body().insert(probe, CONTEXT);
			// other callables than scalar ones do work when called, which is the writer's
			if (probe.body instanceof Fuseable.ScalarCallable<?> scalar) {
				probe.body = null;
				Object value = scalar.call();
				boolean raw = value instanceof DataBuffer || value instanceof byte[];
				probe.model = (value != null) ? SharedBody.modelOf(value, raw ? contentType(request) : null) : null;
			}
		}
		catch (Throwable ex) {
			// The real write will fail in the same way, and tell the caller.
			probe.body = null;
		}
		return probe;
	}

	/**
	 * Returns the model; {@code null} if the body names none, or only its publisher
	 * knows.
	 */
	@Nullable String model() {
		return this.model;
	}

	/**
	 * Returns the publisher that has to be asked; {@code null} if there is nothing to
	 * ask.
	 */
	@Nullable Publisher<?> deferred() {
		return this.body;
	}

	static @Nullable String contentType(ClientRequest request) {
		// in lower case as HttpHeaders keeps it, which spares a copy of the name
		return request.headers().getFirst("content-type");
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

	/** Accepts every object, and writes none: it tells the probe what it got. */
	private static final class ProbingWriter implements HttpMessageWriter<Object> {

		@Override
		public List<MediaType> getWritableMediaTypes() {
			return List.of(MediaType.ALL);
		}

		@Override
		public boolean canWrite(ResolvableType elementType, @Nullable MediaType mediaType) {
			return true;
		}

		@Override
		public Mono<Void> write(Publisher<? extends Object> body, ResolvableType elementType,
				@Nullable MediaType mediaType, ReactiveHttpOutputMessage message, Map<String, Object> hints) {
			if (undecorated(message) instanceof ModelProbe probe) {
				probe.body = body;
			}
			return Mono.empty();
		}

		private static ReactiveHttpOutputMessage undecorated(ReactiveHttpOutputMessage message) {
			ReactiveHttpOutputMessage current = message;
			while (current instanceof ClientHttpRequestDecorator decorator) {
				current = decorator.getDelegate();
			}
			return current;
		}

	}

}
