// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.chat.scripted;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import com.sun.net.httpserver.HttpExchange;

import org.springframework.core.io.ClassPathResource;

/**
 * What a provider sends back, in its own format.
 *
 * @param status the HTTP status
 * @param headers the headers besides the content type
 * @param file the body; {@code .sse} is streamed event by event
 */
record Answer(int status, Map<String, String> headers, String file) {

	static Answer of(int status, String file) {
		return new Answer(status, Map.of(), file);
	}

	void send(HttpExchange exchange, String model, Duration eventDelay) throws IOException {
		boolean events = this.file.endsWith(".sse");
		exchange.getResponseHeaders().set("Content-Type", events ? "text/event-stream" : "application/json");
		this.headers.forEach(exchange.getResponseHeaders()::set);
		String body = new ClassPathResource("scripted/" + this.file).getContentAsString(StandardCharsets.UTF_8)
			.replace("{model}", model);
		exchange.sendResponseHeaders(this.status, 0);
		try (OutputStream out = exchange.getResponseBody()) {
			for (String part : events ? body.split("(?<=\n\n)") : new String[] { body }) {
				out.write(part.getBytes(StandardCharsets.UTF_8));
				out.flush();
				pause(events ? eventDelay : Duration.ZERO);
			}
		}
	}

	private static void pause(Duration time) throws IOException {
		try {
			Thread.sleep(time.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("The server is stopping", ex);
		}
	}

}
