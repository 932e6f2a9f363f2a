// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.net.URI;
import java.util.Objects;

import io.github.llmbreaker.LlmCallTrace;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.call.CallFinder;
import io.github.llmbreaker.call.RequestRoute;
import io.github.llmbreaker.call.reactive.ReactiveAnswers;
import io.github.llmbreaker.call.reactive.ReactiveAttempt;
import io.github.llmbreaker.call.reactive.ReactiveExchange;
import io.github.llmbreaker.provider.IdentifiedCall;
import io.github.llmbreaker.provider.request.RequestRewrite;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.http.HttpHeaders;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * The exchange of an LLM call; each subscription is a call of its own.
 */
final class GuardedExchange extends Mono<ClientResponse> {

	private final CallFinder finder;

	private final Scheduler scheduler;

	private final IdentifiedCall call;

	private final ClientRequest request;

	private final ExchangeFunction next;

	GuardedExchange(CallFinder finder, Scheduler scheduler, IdentifiedCall call, ClientRequest request,
			ExchangeFunction next) {
		this.finder = finder;
		this.scheduler = scheduler;
		this.call = call;
		this.request = request;
		this.next = next;
	}

	@Override
	public void subscribe(CoreSubscriber<? super ClientResponse> actual) {
		actual.onSubscribe(new Exchange(actual));
	}

	/** What a call of a {@code WebClient} knows of its requests. */
	private final class Exchange extends ReactiveExchange<ClientRequest, ClientResponse> {

		/** The body, if it had to be asked for its model while it is written. */
		private volatile @Nullable SharedBody shared;

		/** The body, if it may have to be sent again. */
		private volatile @Nullable ResendableBody resendable;

		Exchange(CoreSubscriber<? super ClientResponse> actual) {
			super(actual);
		}

		@Override
		protected CallFinder finder() {
			return GuardedExchange.this.finder;
		}

		@Override
		protected Scheduler scheduler() {
			return GuardedExchange.this.scheduler;
		}

		@Override
		protected IdentifiedCall call() {
			return GuardedExchange.this.call;
		}

		@Override
		protected URI url() {
			return original().url();
		}

		@Override
		protected String method() {
			return original().method().name();
		}

		@Override
		protected ReactiveAnswers<ClientResponse> answers() {
			return ClientAnswers.INSTANCE;
		}

		private ClientRequest original() {
			return GuardedExchange.this.request;
		}

		@Override
		protected void findModel() {
			ModelProbe probe = ModelProbe.of(original());
			Publisher<?> deferred = probe.deferred();
			if (deferred == null) {
				found(probe.model());
				return;
			}
			SharedBody body = new SharedBody(deferred, ModelProbe.contentType(original()), context(), this::found);
			this.shared = body;
			if (!isCancelled()) {
				body.start();
			}
		}

		@Override
		protected ClientRequest request(@Nullable LlmTarget target, @Nullable RequestRoute route) {
			if (route == null) {
				return (this.shared != null) ? ClientRequest.from(original()).body(body()).build() : original();
			}
			ResendableBody body = this.resendable;
			if (body == null) {
				body = new ResendableBody(body());
				this.resendable = body;
			}
			BodyInserter<?, ClientHttpRequest> inserter = body.inserter(route);
			RequestRewrite change = route.rewrite();
			return (change != null) ? rerouted(change, target, inserter)
					: ClientRequest.from(original()).body(inserter).build();
		}

		private BodyInserter<?, ? super ClientHttpRequest> body() {
			SharedBody body = this.shared;
			return (body != null) ? body.inserter(original().body()) : original().body();
		}

		private ClientRequest rerouted(RequestRewrite change, @Nullable LlmTarget target,
				BodyInserter<?, ClientHttpRequest> inserter) {
			ClientRequest.Builder builder = ClientRequest.create(original().method(), change.url())
				.headers((headers) -> copyHeaders(headers, change))
				.attributes((attributes) -> {
					attributes.putAll(original().attributes());
					attributes.computeIfPresent(LlmTarget.ATTRIBUTE, (name, given) -> target);
				});
			if (change.isOtherProvider()) {
				CrossingGuard guard = new CrossingGuard(change);
				return builder.httpRequest(guard.hook(original().httpRequest())).body(guard.body(inserter)).build();
			}
			if (original().httpRequest() != null) {
				builder.httpRequest(original().httpRequest());
			}
			return builder.cookies((cookies) -> cookies.addAll(original().cookies())).body(inserter).build();
		}

		private void copyHeaders(HttpHeaders headers, RequestRewrite change) {
			original().headers().forEach((name, values) -> {
				if (change.keeps(name) && !HttpHeaders.CONTENT_LENGTH.equalsIgnoreCase(name)) {
					headers.addAll(name, values);
				}
			});
			change.ownHeaders().forEach((header) -> headers.set(header.name(), header.value()));
		}

		@Override
		protected Mono<ClientResponse> send(ClientRequest message, @Nullable ReactiveAttempt<ClientResponse> attempt) {
			ClientRequest sent = (attempt != null) ? new SafeRequest(message, attempt) : message;
			return Objects.requireNonNull(GuardedExchange.this.next.exchange(sent), "no exchange");
		}

		@Override
		protected void trace(CallPermit permit) {
			if (original().attributes().get(LlmCallTrace.ATTRIBUTE) instanceof LlmCallTrace trace) {
				permit.traceTo(trace);
			}
		}

		@Override
		protected boolean canRepeat() {
			ResendableBody body = this.resendable;
			return body == null || !body.isTooLong();
		}

		@Override
		protected boolean isUnsent(Throwable error) {
			return CrossingGuard.hasStopped(error);
		}

		@Override
		protected void abandonBody() {
			SharedBody body = this.shared;
			if (body != null) {
				body.abandon();
			}
		}

	}

}
