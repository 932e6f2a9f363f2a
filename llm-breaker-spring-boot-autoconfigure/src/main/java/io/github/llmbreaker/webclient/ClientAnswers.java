// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.util.function.UnaryOperator;

import io.github.llmbreaker.call.AnswerWatch;
import io.github.llmbreaker.call.reactive.ReactiveAnswers;
import io.github.llmbreaker.provider.HeaderLookup;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.core.io.buffer.DataBuffer;
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
