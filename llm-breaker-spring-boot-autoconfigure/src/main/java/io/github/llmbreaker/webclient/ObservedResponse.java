// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.util.List;

import io.github.llmbreaker.call.AnswerWatch;
import io.github.llmbreaker.call.reactive.ObservedBody;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.http.client.reactive.ClientHttpResponseDecorator;
import org.springframework.web.reactive.function.BodyExtractor;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import org.springframework.web.reactive.function.client.support.ClientResponseWrapper;

/**
 * A good answer whose body is observed. Costs less than a mutated one, which is made only
 * for what is rarely asked for.
 */
final class ObservedResponse extends ClientResponseWrapper {

	private final AnswerWatch watch;

	private final Scheduler scheduler;

	private @Nullable ClientResponseWrapper mutated;

	ObservedResponse(ClientResponse delegate, AnswerWatch watch, Scheduler scheduler) {
		super(delegate);
		this.watch = watch;
		this.scheduler = scheduler;
	}

	@Override
	public <T> T body(BodyExtractor<T, ? super ClientHttpResponse> extractor) {
		return response()
			.body((original, context) -> extractor.extract(new ObservedHttpResponse(original, this), context));
	}

	@Override
	public <T> Mono<T> bodyToMono(Class<? extends T> elementClass) {
		return body(BodyExtractors.toMono(elementClass));
	}

	@Override
	public <T> Mono<T> bodyToMono(ParameterizedTypeReference<T> elementTypeRef) {
		return body(BodyExtractors.toMono(elementTypeRef));
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> Flux<T> bodyToFlux(Class<? extends T> elementClass) {
		return elementClass.equals(DataBuffer.class) ? (Flux<T>) body(BodyExtractors.toDataBuffers())
				: body(BodyExtractors.toFlux(elementClass));
	}

	@Override
	public <T> Flux<T> bodyToFlux(ParameterizedTypeReference<T> elementTypeRef) {
		return body(BodyExtractors.toFlux(elementTypeRef));
	}

	@Override
	public Mono<Void> releaseBody() {
		return unread(mutated().releaseBody());
	}

	@Override
	public <T> Mono<ResponseEntity<T>> toEntity(Class<T> bodyClass) {
		return mutated().toEntity(bodyClass);
	}

	@Override
	public <T> Mono<ResponseEntity<T>> toEntity(ParameterizedTypeReference<T> bodyTypeReference) {
		return mutated().toEntity(bodyTypeReference);
	}

	@Override
	public <T> Mono<ResponseEntity<List<T>>> toEntityList(Class<T> elementClass) {
		return mutated().toEntityList(elementClass);
	}

	@Override
	public <T> Mono<ResponseEntity<List<T>>> toEntityList(ParameterizedTypeReference<T> elementTypeRef) {
		return mutated().toEntityList(elementTypeRef);
	}

	@Override
	public Mono<ResponseEntity<Void>> toBodilessEntity() {
		return unread(mutated().toBodilessEntity());
	}

	@Override
	public Mono<WebClientResponseException> createException() {
		return mutated().createException();
	}

	@Override
	public <T> Mono<T> createError() {
		return mutated().createError();
	}

	@Override
	public Builder mutate() {
		return mutated().response().mutate();
	}

	private <T> Mono<T> unread(Mono<T> released) {
		return Mono.defer(() -> {
			this.watch.leaveUnread();
			return released;
		});
	}

	private ClientResponseWrapper mutated() {
		ClientResponseWrapper made = this.mutated;
		if (made == null) {
			made = new ClientResponseWrapper(response().mutate().body(this::observe).build());
			this.mutated = made;
		}
		return made;
	}

	private Flux<DataBuffer> observe(Flux<DataBuffer> body) {
		return new ObservedBody(body, this.watch, this.scheduler);
	}

	/**
	 * A response with an observed body.
	 */
	private static final class ObservedHttpResponse extends ClientHttpResponseDecorator {

		private final ObservedResponse response;

		ObservedHttpResponse(ClientHttpResponse delegate, ObservedResponse response) {
			super(delegate);
			this.response = response;
		}

		@Override
		public Flux<DataBuffer> getBody() {
			return this.response.observe(getDelegate().getBody());
		}

	}

}
