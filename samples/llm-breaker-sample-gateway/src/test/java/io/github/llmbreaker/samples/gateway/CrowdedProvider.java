// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A provider of many slow streams at a time. The first ones go on when all of them are
 * there. While its primary model fails, one half of its streams is refused and the other
 * half cut.
 */
final class CrowdedProvider implements AutoCloseable {

	static final int WORDS = 8;

	static final String PRIMARY = "primary";

	private static final Duration PAUSE = Duration.ofMillis(250);

	private final int crowd;

	private final Sinks.Empty<Void> allThere = Sinks.empty();

	private final AtomicInteger active = new AtomicInteger();

	private final AtomicInteger most = new AtomicInteger();

	private final AtomicInteger failures = new AtomicInteger();

	private final AtomicBoolean failing = new AtomicBoolean();

	private final DisposableServer server;

	CrowdedProvider(int crowd) {
		this.crowd = crowd;
		this.server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.route((routes) -> routes.post("/v1/chat/completions", this::answer))
			.bindNow();
	}

	String baseUrl() {
		return "http://127.0.0.1:" + this.server.port() + "/v1";
	}

	void fail(boolean failing) {
		this.failing.set(failing);
	}

	int active() {
		return this.active.get();
	}

	/** How many streams there were at one time. */
	int most() {
		return this.most.get();
	}

	int failures() {
		return this.failures.get();
	}

	private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		return request.receive().aggregate().asString().flatMap((body) -> {
			String model = Json.read(body).path("model").asString();
			boolean bad = PRIMARY.equals(model) && this.failing.get();
			int failure = bad ? this.failures.getAndIncrement() : 0;
			if (bad && failure % 2 == 0) {
				return response.status(503)
					.header("Content-Type", "application/json")
					.sendString(Mono.just(Answers.errorBody("server_error", "overloaded", "Too many")))
					.then();
			}
			return response.sse().send(stream(model, response, bad), (buffer) -> true).then();
		});
	}

	private Flux<ByteBuf> stream(String model, HttpServerResponse response, boolean cut) {
		Flux<String> words = this.allThere.asMono()
			.thenMany(Flux.interval(PAUSE))
			.take(cut ? 2 : WORDS)
			.map((number) -> Answers.word(model, "w" + number + " "))
			.onBackpressureBuffer();
		Flux<String> end = cut ? Flux.defer(() -> {
			response.withConnection((connection) -> connection.dispose());
			return Flux.never();
		}) : Flux.fromIterable(List.of(Answers.finish(model), Answers.usage(model), Answers.DONE));
		return words.concatWith(end)
			.doOnSubscribe((subscription) -> arrived())
			.doFinally((signal) -> this.active.decrementAndGet())
			.map((event) -> Unpooled.copiedBuffer(event, StandardCharsets.UTF_8));
	}

	private void arrived() {
		int now = this.active.incrementAndGet();
		this.most.accumulateAndGet(now, Math::max);
		if (now >= this.crowd) {
			this.allThere.tryEmitEmpty();
		}
	}

	@Override
	public void close() {
		this.server.disposeNow(Duration.ofSeconds(5));
	}

}
