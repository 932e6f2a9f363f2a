// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

import io.github.llmbreaker.LlmCallTrace;
import io.github.llmbreaker.LlmTarget;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;

/**
 * Answers everything below {@code /v1}: reads the request, asks the provider and hands
 * its answer on.
 */
class GatewayHandler implements WebHandler {

	private static final byte[] NONE = {};

	private final Upstream upstream;

	private final CallerKeys keys;

	private final RunningCalls running;

	private final BodyBudget budget;

	private final long maxRequestSize;

	private final Duration uploadTimeout;

	private final Duration streamEndGrace;

	private final boolean partitioned;

	GatewayHandler(Upstream upstream, CallerKeys keys, RunningCalls running, BodyBudget budget,
			GatewayProperties properties) {
		this.upstream = upstream;
		this.keys = keys;
		this.running = running;
		this.budget = budget;
		this.maxRequestSize = Math.min(properties.maxRequestSize().toBytes(), Integer.MAX_VALUE - 8L);
		this.uploadTimeout = properties.uploadTimeout();
		this.streamEndGrace = properties.streamEndGrace();
		this.partitioned = properties.isPartitioned();
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		ServerHttpResponse response = exchange.getResponse();
		CallerKeys.Caller caller = this.keys.isEmpty() ? null : this.keys.caller(request.getHeaders());
		if (caller == null && !this.keys.isEmpty()) {
			return ErrorAnswers.refuse(response, new RequestRefusedException(HttpStatus.UNAUTHORIZED, "invalid_api_key",
					"The gateway does not know this key"));
		}
		Endpoint endpoint = Endpoint.find(request.getMethod(), request.getURI().getRawPath());
		if (endpoint == null) {
			return ErrorAnswers.refuse(response, new RequestRefusedException(HttpStatus.NOT_FOUND, "unknown_endpoint",
					"The gateway itself has no such endpoint: it answers below /v1, as POST /v1/chat/completions"));
		}
		LlmCallTrace trace = new LlmCallTrace();
		LlmTarget target = (caller != null && this.partitioned) ? caller.target() : null;
		RequestBody body = new RequestBody(this.budget, this.maxRequestSize);
		RunningCalls.Call call = this.running.begin(new AnswerRelay(response, trace));
		return read(request, body)
			.flatMap((bytes) -> ask(request, endpoint, bytes, new Upstream.Call(trace, target))
				.takeUntilOther(call.stopped())
				.switchIfEmpty(Mono.error(RunningCalls::stopping))
				.flatMap((answer) -> call.relay().relay(answer, endpoint.format(), this.streamEndGrace)))
			.onErrorResume((failure) -> response.isCommitted() ? BrokenOff.end(response)
					: ErrorAnswers.write(response, failure, trace))
			.doFinally((signal) -> {
				body.release();
				call.end();
			});
	}

	private Mono<byte[]> read(ServerHttpRequest request, RequestBody body) {
		if (!HttpMethod.POST.equals(request.getMethod())) {
			return Mono.just(NONE);
		}
		return ConnectionTimer.limit(body.read(request), request, this.uploadTimeout)
			.onErrorMap(TimeoutException.class,
					(late) -> new RequestRefusedException(HttpStatus.REQUEST_TIMEOUT, "upload_timeout",
							"The request did not arrive in time"))
			.doOnNext((bytes) -> check(request, bytes));
	}

	private static void check(ServerHttpRequest request, byte[] bytes) {
		MediaType type = request.getHeaders().getContentType();
		boolean form = type != null && type.getType().equals("multipart");
		if (!form && Json.hasTwoModels(bytes)) {
			throw new RequestRefusedException(HttpStatus.BAD_REQUEST, "duplicate_model",
					"The request names its 'model' twice");
		}
	}

	private Mono<ResponseEntity<Flux<DataBuffer>>> ask(ServerHttpRequest request, Endpoint endpoint, byte[] bytes,
			Upstream.Call call) {
		HttpHeaders headers = new HttpHeaders();
		PassedHeaders.copyRequest(request.getHeaders(), headers);
		List<String> authorization = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
		if (authorization != null && this.upstream.wantsCallersKey()
				&& this.keys.leaveAuthorization(request.getHeaders())) {
			headers.put(HttpHeaders.AUTHORIZATION, authorization);
		}
		String query = request.getURI().getRawQuery();
		String path = (query != null) ? endpoint.path() + "?" + query : endpoint.path();
		byte @Nullable [] body = HttpMethod.POST.equals(request.getMethod()) ? bytes : null;
		return this.upstream.ask(request.getMethod(), path, headers, body, call);
	}

}
