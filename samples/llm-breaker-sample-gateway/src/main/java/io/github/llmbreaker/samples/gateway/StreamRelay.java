// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.time.Duration;

import io.github.llmbreaker.LlmCallTrace;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.SynchronousSink;

import org.springframework.http.codec.ServerSentEvent;

/**
 * Hands on one stream so that its end can't be mistaken and does not depend on the
 * connection: a stream that did not end well ends with an error event, one that did ends
 * with {@code [DONE]} soon after. Events that are no JSON are left out.
 */
final class StreamRelay {

	private static final String DONE = "[DONE]";

	private final LlmCallTrace trace;

	private final Duration grace;

	private final StreamProgress progress = new StreamProgress();

	private final Sinks.Many<Boolean> settled = Sinks.many().unicast().onBackpressureBuffer();

	private boolean doneSeen;

	/**
	 * Creates the relay.
	 * @param trace told how the call ended
	 * @param grace how long something may follow the last piece of an answer
	 */
	StreamRelay(LlmCallTrace trace, Duration grace) {
		this.trace = trace;
		this.grace = grace;
	}

	Flux<ServerSentEvent<String>> relay(Flux<ServerSentEvent<String>> events) {
		return events.handle(this::next)
			.takeUntilOther(this.settled.asFlux().switchMap(this::graceIf))
			.concatWith(Mono.defer(this::end))
			.onErrorResume(this::end)
			.map(StreamRelay::spaced);
	}

	/** With the space after the colon that some readers insist on. */
	private static ServerSentEvent<String> spaced(ServerSentEvent<String> event) {
		String data = event.data();
		String name = event.event();
		if (data == null) {
			return event;
		}
		ServerSentEvent.Builder<String> copy = ServerSentEvent.builder(" " + data);
		return ((name != null) ? copy.event(name) : copy).build();
	}

	private void next(ServerSentEvent<String> event, SynchronousSink<ServerSentEvent<String>> sink) {
		String data = event.data();
		if (data == null) {
			sink.next(event);
			return;
		}
		boolean before = this.progress.isSettled();
		boolean wanted;
		if (DONE.equals(data.strip())) {
			this.doneSeen = true;
			wanted = this.progress.isComplete();
		}
		else {
			wanted = this.progress.see(Json.read(data));
		}
		if (before || this.doneSeen || this.progress.isSettled()) {
			this.settled.tryEmitNext(this.doneSeen || this.progress.isSettled());
		}
		if (wanted) {
			sink.next(event);
		}
	}

	private Publisher<Long> graceIf(boolean over) {
		return over ? Mono.delay(this.grace) : Mono.never();
	}

	private Mono<ServerSentEvent<String>> end() {
		if (this.progress.isFailed()) {
			return Mono.empty();
		}
		if (!this.progress.isComplete()) {
			return error(Json.error("The provider ended the stream too early", "stream_error"));
		}
		return this.doneSeen ? Mono.empty() : Mono.just(ServerSentEvent.builder(DONE).build());
	}

	/** What happens to the connection after the last piece changes nothing. */
	private Mono<ServerSentEvent<String>> end(Throwable failure) {
		return this.progress.isSettled() ? end() : error(Json.error(failure, this.trace));
	}

	private static Mono<ServerSentEvent<String>> error(String error) {
		return Mono.just(ServerSentEvent.builder(error).build());
	}

}
