// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.util.List;
import java.util.function.UnaryOperator;

import io.github.llmbreaker.call.AnswerWatch;
import io.github.llmbreaker.call.reactive.ObservedBody;
import io.github.llmbreaker.call.reactive.ReactiveAnswers;
import io.github.llmbreaker.provider.HeaderLookup;
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
 * Knows the answers of a {@code WebClient}.
 */
final class ClientAnswers implements ReactiveAnswers<ClientResponse> {

	static final ClientAnswers INSTANCE = new ClientAnswers();

	private ClientAnswers() {
	}

	@Override
	public int status(ClientResponse answer) {
		return answer.statusCode().value();
	}

	@Override
	public HeaderLookup headers(ClientResponse answer) {
		return answer.headers().asHttpHeaders()::getFirst;
	}

	@Override
	public ClientResponse withBody(ClientResponse answer, UnaryOperator<Flux<DataBuffer>> change) {
		return answer.mutate().body(change).build();
	}

	@Override
	public ClientResponse observed(ClientResponse answer, AnswerWatch watch, Scheduler scheduler) {
		return new ObservedResponse(answer, watch, scheduler);
	}

	@Override
	public ClientResponse suppressing(ClientResponse answer, Throwable[] others) {
		return new FailedResponse(answer, others);
	}

	/**
	 * A good answer whose body is observed. Costs less than a mutated one, which is made
	 * only for what is rarely asked for.
	 */
	private static final class ObservedResponse extends ClientResponseWrapper {

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

	}

	/** A response with an observed body. */
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

	/**
	 * An answer that is an error after others had failed as well: its exception has
	 * theirs suppressed.
	 */
	private static final class FailedResponse extends ClientResponseWrapper {

		private final Throwable[] others;

		FailedResponse(ClientResponse delegate, Throwable[] others) {
			super(delegate);
			this.others = others;
		}

		@Override
		public Mono<WebClientResponseException> createException() {
			return super.createException().doOnNext(this::suppress);
		}

		@Override
		public <T> Mono<T> createError() {
			return createException().flatMap(Mono::error);
		}

		@Override
		public Builder mutate() {
			return response().mutate();
		}

		private void suppress(Throwable error) {
			for (Throwable other : this.others) {
				error.addSuppressed(other);
			}
		}

	}

}
