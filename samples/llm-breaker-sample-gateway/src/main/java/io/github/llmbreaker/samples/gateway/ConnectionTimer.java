// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/**
 * Times what a connection does in the thread of that connection: nearly always the timer
 * is not needed, and setting one there wakes nobody.
 */
final class ConnectionTimer {

	private ConnectionTimer() {
	}

	/**
	 * Limits how long something may take.
	 * @param work what is done on the connection
	 * @param request the request that came over the connection
	 * @param limit the limit
	 * @return the same; a {@code TimeoutException} when the limit is exceeded
	 */
	static <T> Mono<T> limit(Mono<T> work, ServerHttpRequest request, Duration limit) {
		Object server = ServerHttpRequestDecorator.getNativeRequest(request);
		if (!(server instanceof HttpServerRequest netty)) {
			return work.timeout(limit);
		}
		return work.timeout(Mono.<Void>create((over) -> netty.withConnection((connection) -> {
			Future<?> timer = connection.channel()
				.eventLoop()
				.schedule(() -> over.success(), limit.toMillis(), TimeUnit.MILLISECONDS);
			over.onDispose(() -> timer.cancel(false));
		})));
	}

}
