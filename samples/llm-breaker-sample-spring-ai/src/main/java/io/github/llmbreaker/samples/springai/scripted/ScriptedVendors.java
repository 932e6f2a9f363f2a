// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.springai.scripted;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Answers like OpenAI and Anthropic do, over HTTP. OpenAI can be taken away.
 */
@Component
@ConditionalOnProperty("scripted.port")
final class ScriptedVendors implements DisposableBean {

	private static final String CHUNK = """
			data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"gpt-4.1",\
			"choices":[{"index":0,"delta":{%s},"finish_reason":%s}]}

			""";

	private final HttpServer server;

	private final AtomicInteger requestsToOpenAi = new AtomicInteger();

	private volatile boolean openAiIsDown;

	ScriptedVendors(@Value("${scripted.port}") int port) throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
		this.server.setExecutor(Executors.newCachedThreadPool());
		this.server.createContext("/openai/v1/chat/completions", this::openAi);
		this.server.createContext("/anthropic/v1/messages", ScriptedVendors::anthropic);
		this.server.start();
	}

	void openAiIsDown(boolean down) {
		this.openAiIsDown = down;
	}

	int requestsToOpenAi() {
		return this.requestsToOpenAi.get();
	}

	private void openAi(HttpExchange exchange) throws IOException {
		this.requestsToOpenAi.incrementAndGet();
		if (this.openAiIsDown) {
			send(exchange, 503, "application/json",
					"{\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\"}}");
		}
		else if (isStream(exchange)) {
			send(exchange, 200, "text/event-stream", CHUNK.formatted("\"role\":\"assistant\",\"content\":\"\"", "null"),
					CHUNK.formatted("\"content\":\"I am \"", "null"), CHUNK.formatted("\"content\":\"GPT\"", "null"),
					CHUNK.formatted("", "\"stop\""), "data: [DONE]\n\n");
		}
		else {
			send(exchange, 200, "application/json", """
					{"id":"c","object":"chat.completion","created":1,"model":"gpt-4.1","choices":[{"index":0,\
					"message":{"role":"assistant","content":"I am GPT"},"finish_reason":"stop"}],\
					"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}""");
		}
	}

	private static void anthropic(HttpExchange exchange) throws IOException {
		String usage = "\"usage\":{\"input_tokens\":1,\"output_tokens\":1}";
		String message = "\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude\",\"stop_sequence\":null,";
		if (isStream(exchange)) {
			send(exchange, 200, "text/event-stream",
					event("message_start",
							"\"message\":{" + message + "\"content\":[],\"stop_reason\":null," + usage + "}"),
					event("content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}"),
					event("content_block_delta", "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"I am \"}"),
					event("content_block_delta", "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Claude\"}"),
					event("content_block_stop", "\"index\":0"),
					event("message_delta",
							"\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":1}"),
					event("message_stop", "\"index\":0"));
		}
		else {
			send(exchange, 200, "application/json",
					"{" + message
							+ "\"content\":[{\"type\":\"text\",\"text\":\"I am Claude\"}],\"stop_reason\":\"end_turn\","
							+ usage + "}");
		}
	}

	private static String event(String type, String rest) {
		return "event: %s\ndata: {\"type\":\"%s\",%s}\n\n".formatted(type, type, rest);
	}

	private static boolean isStream(HttpExchange exchange) throws IOException {
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		return body.replace(" ", "").contains("\"stream\":true");
	}

	private static void send(HttpExchange exchange, int status, String type, String... pieces) throws IOException {
		try (exchange) {
			exchange.getResponseHeaders().set("Content-Type", type);
			exchange.sendResponseHeaders(status, 0);
			OutputStream body = exchange.getResponseBody();
			for (String piece : pieces) {
				body.write(piece.getBytes(StandardCharsets.UTF_8));
				body.flush();
			}
		}
	}

	@Override
	public void destroy() {
		this.server.stop(0);
	}

}
