// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.Unpooled;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A provider with every fault in turn. Model "good" is spared.
 */
final class FaultyProvider implements AutoCloseable {

	private static final int FAULTS = 8;

	private static final String JSON = "application/json";

	private final AtomicInteger number = new AtomicInteger();

	private DisposableServer server = start(0);

	private DisposableServer start(int port) {
		return HttpServer.create()
			.host("127.0.0.1")
			.port(port)
			.route((routes) -> routes.post("/v1/chat/completions", this::answer))
			.bindNow();
	}

	String baseUrl() {
		return "http://127.0.0.1:" + this.server.port() + "/v1";
	}

	/** Dies in the middle of its answers, and is there again. */
	void die() {
		int port = this.server.port();
		this.server.disposeNow(Duration.ofSeconds(5));
		this.server = start(port);
	}

	private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		return request.receive().aggregate().asString().flatMap((body) -> {
			boolean stream = body.contains("\"stream\":true");
			int fault = body.contains("\"good\"") ? 0 : this.number.incrementAndGet() % (2 * FAULTS);
			return switch (fault) {
				case 1 -> error(response, 503, "overloaded");
				case 2 -> error(response, 429, "rate_limit_exceeded");
				case 3 -> Mono.never();
				case 4 -> broken(response, false);
				case 5 -> broken(response, true);
				case 6 ->
					response.status(200).header("Content-Type", JSON).sendString(Mono.just("{\"choices\": [")).then();
				case 7 -> stream(response, Flux.just(Answers.word("m", "a"), "data: {\"broken\n\n"));
				default -> stream ? stream(response, words().concatWithValues(Answers.finish("m"), Answers.DONE))
						: response.header("Content-Type", JSON)
							.sendString(Mono.just("{\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":"
									+ "{\"role\":\"assistant\",\"content\":\"Hi\"}}]}"))
							.then();
			};
		});
	}

	private static Flux<String> words() {
		return Flux.interval(Duration.ofMillis(2))
			.onBackpressureBuffer()
			.take(20)
			.map((word) -> Answers.word("m", "w"));
	}

	private static Mono<Void> error(HttpServerResponse response, int status, String code) {
		return response.status(status)
			.header("Content-Type", JSON)
			.sendString(Mono.just(Answers.errorBody("server_error", code, "No")))
			.then();
	}

	/** Cut, or silent from then on. */
	private static Mono<Void> broken(HttpServerResponse response, boolean stalled) {
		return stream(response, words().concatWith(Flux.defer(() -> {
			if (!stalled) {
				response.withConnection((connection) -> connection.dispose());
			}
			return Flux.never();
		})));
	}

	private static Mono<Void> stream(HttpServerResponse response, Flux<String> events) {
		return response.sse()
			.send(events.map((event) -> Unpooled.copiedBuffer(event, StandardCharsets.UTF_8)), (buffer) -> true)
			.then();
	}

	@Override
	public void close() {
		this.server.disposeNow(Duration.ofSeconds(5));
	}

}
