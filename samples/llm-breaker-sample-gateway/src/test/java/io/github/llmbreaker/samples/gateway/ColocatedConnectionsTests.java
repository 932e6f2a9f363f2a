// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.EventLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.ConnectionObserver;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.ConnectionProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ColocatedConnections}, between a provider that answers as soon as
 * enough calls wait for it, and callers.
 */
class ColocatedConnectionsTests {

	private static final int CALLERS = 20;

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final Set<SocketAddress> seen = ConcurrentHashMap.newKeySet();

	private final Queue<Boolean> sameThread = new ConcurrentLinkedQueue<>();

	private final Semaphore released = new Semaphore(0);

	private final AtomicInteger waiting = new AtomicInteger();

	private volatile Sinks.Empty<Void> answers = Sinks.empty();

	private volatile int together = 1;

	private final ColocatedConnections connections = new ColocatedConnections(
			() -> ConnectionProvider.builder("test").maxConnections(100));

	private final DisposableServer provider = HttpServer.create()
		.host("127.0.0.1")
		.port(0)
		.handle((request, response) -> answer(request, response))
		.bindNow();

	private final HttpClient client = HttpClient.create(this.connections)
		.baseUrl("http://127.0.0.1:" + this.provider.port())
		.observe((connection, state) -> {
			if (state == ConnectionObserver.State.RELEASED) {
				this.released.release();
			}
		});

	private final DisposableServer gateway = HttpServer.create().host("127.0.0.1").port(0).handle(this::pass).bindNow();

	@AfterEach
	void close() {
		this.gateway.disposeNow();
		this.provider.disposeNow();
		this.connections.disposeLater().block(PATIENCE);
	}

	@Test
	void answersComeInTheThreadThatSendsThemOn() throws InterruptedException {
		ConnectionProvider callers = ConnectionProvider.create("callers", CALLERS);
		for (int wave = 0; wave < 3; wave++) {
			this.waiting.set(0);
			this.together = CALLERS;
			this.answers = Sinks.empty();
			Flux.range(0, CALLERS).flatMap((number) -> call(callers), CALLERS).blockLast(PATIENCE);
			awaitReleased(CALLERS);
		}
		callers.disposeLater().block(PATIENCE);
		assertThat(this.sameThread).hasSize(3 * CALLERS).containsOnly(true);
		assertThat(this.seen).as("connections are used again").hasSize(CALLERS);
	}

	@Test
	void rareCallsShareOneConnection() throws InterruptedException {
		for (int call = 0; call < CALLERS; call++) {
			call(ConnectionProvider.newConnection()).block(PATIENCE);
			awaitReleased(1);
		}
		assertThat(this.sameThread).as("calls came in different threads").hasSize(CALLERS).contains(true, false);
		assertThat(this.seen).hasSize(1);
	}

	@Test
	void callsInAnyOtherThreadAreAnswered() throws InterruptedException {
		for (int call = 0; call < 3; call++) {
			assertThat(this.client.get().responseContent().aggregate().asString().block(PATIENCE)).isEqualTo("yes");
			awaitReleased(1);
		}
		assertThat(this.seen).hasSize(1);
	}

	private Mono<String> call(ConnectionProvider callers) {
		return HttpClient.create(callers)
			.get()
			.uri("http://127.0.0.1:" + this.gateway.port())
			.responseContent()
			.aggregate()
			.asString();
	}

	private void awaitReleased(int calls) throws InterruptedException {
		assertThat(this.released.tryAcquire(calls, PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
	}

	private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		this.seen.add(request.remoteAddress());
		if (this.waiting.incrementAndGet() >= this.together) {
			this.answers.tryEmitEmpty();
		}
		return this.answers.asMono().then(response.sendString(Mono.just("yes")).then());
	}

	private Publisher<Void> pass(HttpServerRequest request, HttpServerResponse response) {
		EventLoop[] callers = new EventLoop[1];
		request.withConnection((connection) -> callers[0] = connection.channel().eventLoop());
		return this.client.get().responseConnection((answer, connection) -> {
			this.sameThread.add(connection.channel().eventLoop() == callers[0]);
			return response.send(connection.inbound().receive().retain());
		});
	}

}
