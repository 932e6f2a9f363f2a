// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import io.github.llmbreaker.LlmCallTrace;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * Hands one answer of the provider on. A document that can be an error is looked at
 * before its status is; what is too long for one streams through.
 */
final class AnswerRelay {

	private static final int LOOKED_AT = 256 * 1024;

	private static final byte[] NONE = {};

	private final ServerHttpResponse response;

	private final LlmCallTrace trace;

	private byte[] document = NONE;

	private int length;

	private boolean passing;

	private @Nullable StreamRelay stream;

	AnswerRelay(ServerHttpResponse response, LlmCallTrace trace) {
		this.response = response;
		this.trace = trace;
	}

	/**
	 * Hands the answer on.
	 * @param answer what the provider answers
	 * @param format how its stream ends, if it is one
	 * @param grace how long something may follow the last piece of a stream
	 * @return ends with the answer; an error if nothing of it was handed on
	 */
	Mono<Void> relay(ResponseEntity<Flux<DataBuffer>> answer, StreamFormat format, Duration grace) {
		Flux<DataBuffer> body = answer.getBody();
		if (body == null) {
			body = Flux.empty();
		}
		HttpStatusCode status = answer.getStatusCode();
		if (status.is3xxRedirection()) {
			return body.doOnNext(DataBufferUtils::release).then(Mono.error(new FailedAnswerException("")));
		}
		this.response.setStatusCode(status);
		HttpHeaders headers = this.response.getHeaders();
		PassedHeaders.copyAnswer(answer.getHeaders(), headers);
		TraceHeaders.add(headers, this.trace);
		MediaType type = answer.getHeaders().getContentType();
		if (status.isError()) {
			return error(status, body);
		}
		if (type != null && MediaType.TEXT_EVENT_STREAM.isCompatibleWith(type)) {
			return Outcome.isFailure(this.trace) ? failed(body) : stream(body, format, grace);
		}
		long announced = answer.getHeaders().getContentLength();
		if (announced >= 0) {
			headers.setContentLength(announced);
		}
		this.passing = type != null && !isText(type);
		return documents(body).switchOnFirst((first, all) -> first.isOnError() ? all : write(first.hasValue(), all))
			.then();
	}

	/** Ends what is running because the gateway stops. */
	void stop() {
		StreamRelay stream = this.stream;
		if (stream != null) {
			stream.stop();
		}
	}

	private Mono<Void> stream(Flux<DataBuffer> body, StreamFormat format, Duration grace) {
		HttpHeaders headers = this.response.getHeaders();
		headers.set(HttpHeaders.CACHE_CONTROL, "no-cache");
		// otherwise nginx and its like keep events back
		headers.set("X-Accel-Buffering", "no");
		StreamRelay relay = new StreamRelay(format, this.trace, grace);
		this.stream = relay;
		return this.response.writeWith(relay.relay(body, BrokenOff.end(this.response)));
	}

	/** Nothing has reached the caller yet, so that the error can have a status. */
	private Mono<Void> failed(Flux<DataBuffer> body) {
		byte[][] error = { NONE };
		SseEvents events = new SseEvents((bytes, start, length) -> {
			StreamProgress progress = new StreamProgress(StreamFormat.TYPED);
			if (progress.see(bytes, start, length) && progress.isFailed() && error[0].length == 0) {
				error[0] = Arrays.copyOfRange(bytes, start, start + length);
			}
			return false;
		});
		return body.doOnNext((buffer) -> {
			DataBuffer none = events.next(buffer);
			if (none != null) {
				DataBufferUtils.release(none);
			}
		}).onErrorComplete().then(Mono.defer(() -> {
			events.last();
			return Mono.error(new FailedAnswerException(new String(error[0], StandardCharsets.UTF_8).strip()));
		}));
	}

	private Mono<Void> error(HttpStatusCode status, Flux<DataBuffer> body) {
		Flux<DataBuffer> rest = body.handle(this::collect);
		return rest
			.switchOnFirst((first, all) -> first.hasValue() ? write(true, all)
					: all.thenMany(Mono
						.defer(() -> ErrorAnswers.write(this.response, status, collected()).cast(DataBuffer.class))))
			.then();
	}

	/** What is there as a whole goes out together with the head. */
	private Mono<DataBuffer> write(boolean begun, Flux<DataBuffer> documents) {
		Mono<Void> written = (begun && !this.passing) ? this.response.writeWith(documents.singleOrEmpty())
				: this.response.writeWith(documents);
		return written.cast(DataBuffer.class);
	}

	private Flux<DataBuffer> documents(Flux<DataBuffer> body) {
		return body.handle(this::collect)
			.concatWith(Mono.defer(this::whole))
			.onErrorResume((failure) -> this.passing ? BrokenOff.<DataBuffer>end(this.response) : Mono.error(failure));
	}

	/** Keeps what may be an error, until it is too long for one. */
	private void collect(DataBuffer buffer, SynchronousSink<DataBuffer> sink) {
		if (this.passing) {
			sink.next(buffer);
			return;
		}
		int more = buffer.readableByteCount();
		if (this.length + more > LOOKED_AT) {
			this.passing = true;
			DataBuffer kept = DefaultDataBufferFactory.sharedInstance.wrap(collected());
			sink.next(buffer.factory().join(List.of(kept, buffer)));
			return;
		}
		if (this.length + more > this.document.length) {
			this.document = Arrays.copyOf(this.document, Math.max(this.length + more, 2 * this.document.length));
		}
		buffer.read(this.document, this.length, more);
		this.length += more;
		DataBufferUtils.release(buffer);
	}

	private byte[] collected() {
		return (this.length == this.document.length) ? this.document : Arrays.copyOf(this.document, this.length);
	}

	private Mono<DataBuffer> whole() {
		boolean failure = Outcome.isFailure(this.trace);
		if (this.passing) {
			return failure ? BrokenOff.end(this.response) : Mono.empty();
		}
		byte[] document = collected();
		if (failure) {
			return Mono.error(new FailedAnswerException(new String(document, StandardCharsets.UTF_8)));
		}
		this.response.getHeaders().setContentLength(document.length);
		return Mono.just(DefaultDataBufferFactory.sharedInstance.wrap(document));
	}

	private static boolean isText(MediaType type) {
		return type.getType().equals("text") || type.getSubtype().equals("json") || type.getSubtype().endsWith("+json");
	}

}
