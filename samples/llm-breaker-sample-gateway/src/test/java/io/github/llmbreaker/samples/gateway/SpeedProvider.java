// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * What the gateways that {@link SpeedComparison} compares are asked for: documents, and
 * streams that come as a model writes them or all at once. Every event is sent by itself.
 */
final class SpeedProvider {

	static final int EVENTS = 200;

	private static final String TEXT = """
			{"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":\
			{"role":"assistant","content":"%s"},"finish_reason":"stop"}],"usage":{"total_tokens":10}}"""
		.formatted("word ".repeat(200));

	private static final byte[] WORD = Answers.word("m", "word ").getBytes(StandardCharsets.UTF_8);

	private static final byte[] END = (Answers.finish("m") + Answers.DONE).getBytes(StandardCharsets.UTF_8);

	private static final String REQUEST = "{\"model\":\"m\",\"stream\":%s,\"user\":\"%s\",\"messages\":"
			+ "[{\"role\":\"user\",\"content\":\"" + "question ".repeat(100) + "\"}]}";

	private SpeedProvider() {
	}

	static DisposableServer start() {
		return HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.route((routes) -> routes.post("/v1/chat/completions", SpeedProvider::answer))
			.bindNow();
	}

	private static Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		return request.receive().aggregate().asString().flatMap((body) -> {
			if (body.contains(Load.DOCUMENT.name())) {
				return response.header("Content-Type", "application/json").sendString(Mono.just(TEXT)).then();
			}
			Flux<byte[]> words = Flux.range(1, EVENTS - 1).map((number) -> WORD);
			if (body.contains(Load.STREAM.name())) {
				Random random = new Random();
				words = words
					.concatMap((word) -> Mono.delay(Duration.ofMillis(20 + random.nextInt(21))).thenReturn(word), 1);
			}
			Flux<ByteBuf> events = words.concatWithValues(END).map(Unpooled::wrappedBuffer);
			return response.sse().send(events, (event) -> true).then();
		});
	}

	/**
	 * What is asked for.
	 */
	enum Load {

		/** A document of 1 KB. */
		DOCUMENT(50, 2_000),

		/** An event each 20 to 40 ms. */
		STREAM(100, 100),

		/** All events as fast as they can be read. */
		BURST(10, 200);

		/** How many are under way at a time. */
		final int callers;

		/** How many there are in a round. */
		final int calls;

		Load(int callers, int calls) {
			this.callers = callers;
			this.calls = calls;
		}

		byte[] request() {
			return REQUEST.formatted(this != DOCUMENT, name()).getBytes(StandardCharsets.UTF_8);
		}

		/** How long the answer is. */
		int length() {
			return (this == DOCUMENT) ? TEXT.length() : (EVENTS - 1) * WORD.length + END.length;
		}

	}

}
