// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.test;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;

/**
 * What is answered to a request. The connection is closed afterwards.
 *
 * @param status the status
 * @param headers the headers, without those that say how long the body is
 * @param body the body
 * @param cut whether the body has no end
 */
record PlayedAnswer(int status, Headers headers, byte[] body, boolean cut) {

	static PlayedAnswer whole(int status, Map<String, String> headers, String body) {
		if (status < 200 || status > 599) {
			throw new IllegalArgumentException("Status must be from 200 to 599, but was %d".formatted(status));
		}
		return of(status, "application/json", headers, body, false);
	}

	static PlayedAnswer cut(String beginning) {
		return of(200, "text/event-stream", Map.of(), beginning, true);
	}

	private static PlayedAnswer of(int status, String type, Map<String, String> headers, String body, boolean cut) {
		Headers all = new Headers();
		all.set("Content-Type", type);
		headers.forEach(all::set);
		all.set("Connection", "close");
		return new PlayedAnswer(status, all, body.getBytes(StandardCharsets.UTF_8), cut);
	}

	void send(HttpExchange exchange) throws IOException {
		exchange.getResponseHeaders().putAll(this.headers);
		if (this.cut) {
			exchange.sendResponseHeaders(this.status, 0);
			exchange.getResponseBody().write(this.body);
			exchange.getResponseBody().flush();
			// the server closes the connection without the chunk that would be the last
			throw new EOFException("Cut");
		}
		exchange.sendResponseHeaders(this.status, (this.body.length > 0) ? this.body.length : -1);
		exchange.getResponseBody().write(this.body);
		exchange.close();
	}

}
