// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.guarded.scripted;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Answers like OpenAI does, over HTTP. Models can be taken away.
 */
@Component
final class ScriptedProvider implements DisposableBean {

	private final JsonMapper json;

	private final HttpServer server;

	private final Set<String> overloaded = ConcurrentHashMap.newKeySet();

	private final AtomicInteger requests = new AtomicInteger();

	ScriptedProvider(@Value("${scripted.port}") int port, JsonMapper json) throws IOException {
		this.json = json;
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
		this.server.createContext("/v1/chat/completions", this::answer);
		this.server.start();
	}

	void overload(String model) {
		this.overloaded.add(model);
	}

	void recover() {
		this.overloaded.clear();
	}

	int requests() {
		return this.requests.get();
	}

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			this.requests.incrementAndGet();
			String model = this.json.readTree(exchange.getRequestBody()).path("model").stringValue();
			boolean down = this.overloaded.contains(model);
			byte[] body = this.json.writeValueAsString(down ? error() : completion(model))
				.getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(down ? 503 : 200, body.length);
			exchange.getResponseBody().write(body);
		}
	}

	private static Map<String, Object> completion(String model) {
		return Map.of("model", model, "choices", new Object[] {
				Map.of("finish_reason", "stop", "message", Map.of("content", "an answer of " + model)) });
	}

	private static Map<String, Object> error() {
		return Map.of("error", Map.of("message", "The engine is currently overloaded", "type", "server_error"));
	}

	@Override
	public void destroy() {
		this.server.stop(0);
	}

}
