// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.test;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Plays models: answers each request on the loopback interface in the way its model was
 * told to. It listens from the first such order on.
 */
final class PlayedProvider {

	private static final int PATIENCE_MILLIS = 10_000;

	private final Map<String, Role> roles = new ConcurrentHashMap<>();

	private final Map<String, Role> rolesByPath = new ConcurrentHashMap<>();

	private final AtomicInteger numbers = new AtomicInteger();

	private final CustomizableThreadFactory threads = new CustomizableThreadFactory("llm-breaker-tester-");

	private @Nullable ServerSocket server;

	PlayedProvider() {
		this.threads.setDaemon(true);
	}

	/**
	 * Returns the base URL below which a model answers from now on.
	 */
	URI play(String model, PlayedAnswer answer) {
		Role role = new Role("m" + this.numbers.incrementAndGet(), answer, new AtomicInteger());
		this.rolesByPath.put(role.path, role);
		Role before = this.roles.put(model, role);
		if (before != null) {
			this.rolesByPath.remove(before.path);
		}
		return URI.create("http://127.0.0.1:%d/%s/v1".formatted(server().getLocalPort(), role.path));
	}

	int requests(String model) {
		Role role = this.roles.get(model);
		return (role != null) ? role.requests.get() : 0;
	}

	void forget(String model) {
		Role role = this.roles.remove(model);
		if (role != null) {
			this.rolesByPath.remove(role.path);
		}
	}

	void forgetAll() {
		this.roles.clear();
		this.rolesByPath.clear();
	}

	synchronized void stop() {
		ServerSocket server = this.server;
		this.server = null;
		if (server != null) {
			closeQuietly(server);
		}
	}

	private synchronized ServerSocket server() {
		ServerSocket server = this.server;
		if (server == null) {
			try {
				server = new ServerSocket(0, 0, InetAddress.getByName("127.0.0.1"));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			this.server = server;
			ServerSocket started = server;
			this.threads.newThread(() -> accept(started)).start();
		}
		return server;
	}

	private void accept(ServerSocket server) {
		while (!server.isClosed()) {
			try {
				Socket socket = server.accept();
				this.threads.newThread(() -> serve(socket)).start();
			}
			catch (IOException ex) {
				// it was stopped
				closeQuietly(server);
			}
		}
	}

	private void serve(Socket socket) {
		try (socket) {
			socket.setSoTimeout(PATIENCE_MILLIS);
			InputStream in = new BufferedInputStream(socket.getInputStream());
			String path = PlayedRequests.read(in);
			Role role = (path != null) ? this.rolesByPath.get(PlayedRequests.firstSegment(path)) : null;
			if (role != null) {
				role.requests.incrementAndGet();
				socket.getOutputStream().write(role.answer.bytes());
				socket.shutdownOutput();
				in.skip(Long.MAX_VALUE);
			}
		}
		catch (IOException ex) {
			// the client has gone, which is its own business
		}
	}

	private static void closeQuietly(ServerSocket server) {
		try {
			server.close();
		}
		catch (IOException ex) {
			// closed anyway
		}
	}

	private record Role(String path, PlayedAnswer answer, AtomicInteger requests) {

	}

}
