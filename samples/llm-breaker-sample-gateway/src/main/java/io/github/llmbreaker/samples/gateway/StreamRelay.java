// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import io.github.llmbreaker.LlmCallTrace;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

/**
 * Hands on one stream so that its end can't be mistaken and does not depend on the
 * connection: a stream that did not end well ends with an error event and without the end
 * of its body, one that did ends soon after its last piece. Events that are no JSON are
 * left out.
 */
final class StreamRelay {

	private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

	private final LlmCallTrace trace;

	private final Duration grace;

	private final StreamFormat format;

	private final StreamProgress progress;

	private final SseEvents events;

	private final Sinks.Empty<Void> over = Sinks.empty();

	private @Nullable Disposable timer;

	private boolean begun;

	private boolean doneSeen;

	private volatile boolean stopped;

	/**
	 * Creates the relay.
	 * @param format how the stream ends
	 * @param trace told how the call ended
	 * @param grace how long something may follow the last piece of an answer
	 */
	StreamRelay(StreamFormat format, LlmCallTrace trace, Duration grace) {
		this.format = format;
		this.trace = trace;
		this.grace = grace;
		this.progress = new StreamProgress(format);
		this.events = new SseEvents(this::isWanted);
	}

	/**
	 * Returns what the caller gets.
	 * @param body what the provider sends
	 * @param broken ends the answer after an error event
	 * @return the same, ended well or by {@code broken}; an error while nothing was
	 * handed on yet
	 */
	Flux<DataBuffer> relay(Flux<DataBuffer> body, Mono<DataBuffer> broken) {
		return body.handle(this::next)
			.takeUntilOther(this.over.asMono())
			.concatWith(Flux.defer(() -> end(broken)))
			.onErrorResume((failure) -> end(failure, broken))
			.doFinally((signal) -> cancelTimer())
			.doOnDiscard(DataBuffer.class, DataBufferUtils::release);
	}

	/** Ends the stream with an error because the gateway stops. */
	void stop() {
		this.stopped = true;
		this.over.tryEmitEmpty();
	}

	private void next(DataBuffer buffer, SynchronousSink<DataBuffer> sink) {
		DataBuffer wanted = this.events.next(buffer);
		if (this.doneSeen || this.progress.isSettled()) {
			cancelTimer();
			this.timer = Schedulers.parallel()
				.schedule(this.over::tryEmitEmpty, this.grace.toMillis(), TimeUnit.MILLISECONDS);
		}
		if (wanted != null) {
			this.begun = true;
			sink.next(wanted);
		}
	}

	private boolean isWanted(byte[] bytes, int start, int length) {
		int end = start + length;
		int from = start;
		while (from < end && bytes[from] <= ' ' && bytes[from] >= 0) {
			from++;
		}
		while (end > from && bytes[end - 1] <= ' ' && bytes[end - 1] >= 0) {
			end--;
		}
		if (Arrays.equals(bytes, from, end, DONE, 0, DONE.length)) {
			this.doneSeen = true;
			return this.format == StreamFormat.OTHER || this.progress.isComplete();
		}
		return this.progress.see(bytes, from, end - from);
	}

	private void cancelTimer() {
		Disposable timer = this.timer;
		if (timer != null) {
			timer.dispose();
		}
	}

	private Flux<DataBuffer> end(Mono<DataBuffer> broken) {
		byte[] last = this.events.last();
		Flux<DataBuffer> rest = (last.length > 0) ? Flux.just(buffer(last)) : Flux.empty();
		if (this.progress.isFailed()) {
			return rest.concatWith(broken);
		}
		if (isWell()) {
			boolean unsaid = this.format == StreamFormat.CHOICES && !this.doneSeen;
			return unsaid ? rest.concatWithValues(buffer("data: [DONE]\n\n")) : rest;
		}
		this.begun |= last.length > 0;
		return rest.concatWith(error(this.stopped ? Json.error("The gateway is stopping", "gateway_stopping")
				: Json.error("The provider ended the stream too early", "stream_error"), broken));
	}

	/** What happens to the connection after the last piece changes nothing. */
	private Flux<DataBuffer> end(Throwable failure, Mono<DataBuffer> broken) {
		if (this.progress.isSettled()) {
			return end(broken);
		}
		if (!this.begun) {
			return Flux.error(failure);
		}
		return error(Json.error(failure, this.trace), broken);
	}

	private boolean isWell() {
		return switch (this.format) {
			case CHOICES, TYPED -> this.progress.isComplete();
			case OTHER -> !this.stopped && !Outcome.isFailure(this.trace);
		};
	}

	private Flux<DataBuffer> error(String error, Mono<DataBuffer> broken) {
		if (!this.begun) {
			return Flux.error(new FailedAnswerException(error));
		}
		String event = (this.format == StreamFormat.TYPED)
				? "event: error\ndata: " + Json.typedError(error, this.progress.events()) : "data: " + error;
		return Flux.just(buffer(event + "\n\n")).concatWith(broken);
	}

	private static DataBuffer buffer(String text) {
		return buffer(text.getBytes(StandardCharsets.UTF_8));
	}

	private static DataBuffer buffer(byte[] bytes) {
		return DefaultDataBufferFactory.sharedInstance.wrap(bytes);
	}

}
