// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.test;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Plays models: answers each request on the loopback interface in the way its model was
 * told to. It listens from the first such order on.
 */
final class PlayedProvider {

	private final Map<String, Role> roles = new ConcurrentHashMap<>();

	private final AtomicInteger numbers = new AtomicInteger();

	private @Nullable HttpServer server;

	private @Nullable ExecutorService threads;

	/**
	 * Returns the base URL below which a model answers from now on.
	 */
	URI play(String model, PlayedAnswer answer) {
		HttpServer server = server();
		AtomicInteger requests = new AtomicInteger();
		String path = "/m%d/".formatted(this.numbers.incrementAndGet());
		HttpContext place = server.createContext(path, (exchange) -> {
			exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
			requests.incrementAndGet();
			answer.send(exchange);
		});
		end(this.roles.put(model, new Role(place, requests)));
		return URI.create("http://127.0.0.1:%d%sv1".formatted(server.getAddress().getPort(), path));
	}

	int requests(String model) {
		Role role = this.roles.get(model);
		return (role != null) ? role.requests.get() : 0;
	}

	void forget(String model) {
		end(this.roles.remove(model));
	}

	void forgetAll() {
		List.copyOf(this.roles.keySet()).forEach(this::forget);
	}

	synchronized void stop() {
		if (this.server != null && this.threads != null) {
			this.server.stop(0);
			this.threads.shutdownNow();
		}
		this.server = null;
	}

	private synchronized HttpServer server() {
		if (this.server == null) {
			CustomizableThreadFactory factory = new CustomizableThreadFactory("llm-breaker-tester-");
			factory.setDaemon(true);
			ExecutorService started = Executors.newCachedThreadPool(factory);
			try {
				HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
				server.setExecutor(started);
				// its own thread is a daemon if that which starts it is
				CompletableFuture.runAsync(server::start, started).join();
				this.server = server;
				this.threads = started;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return this.server;
	}

	private static void end(@Nullable Role role) {
		if (role != null) {
			role.place.getServer().removeContext(role.place);
		}
	}

	/**
	 * A model that is played.
	 *
	 * @param place where it answers
	 * @param requests how many it has got
	 */
	private record Role(HttpContext place, AtomicInteger requests) {

	}

}
