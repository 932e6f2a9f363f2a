// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link FakeLlmServer}.
 */
class FakeLlmServerTests {

	private final FakeLlmServer server = FakeLlmServer.start();

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void answersInOrderOnOneConnection() throws Exception {
		this.server.enqueue(FakeAnswer.json(429, "{}").header("Retry-After", "3"),
				FakeAnswer.sse("data: 1\n\n", "data: 2\n\n"));
		HttpResponse<String> first = post("one");
		assertThat(first.statusCode()).isEqualTo(429);
		assertThat(first.headers().firstValue("retry-after")).hasValue("3");
		assertThat(post("two").body()).isEqualTo("data: 1\n\ndata: 2\n\n");
		assertThat(this.server.requests()).extracting(RecordedRequest::text).containsExactly("one", "two");
		assertThat(this.server.connectionCount()).isOne();
	}

	@Test
	void cutsAndResets() {
		this.server.enqueue(FakeAnswer.sse("data: 1\n\n").cut(), FakeAnswer.sse("data: 1\n\n").reset(),
				FakeAnswer.disconnect(), FakeAnswer.connectionReset(), FakeAnswer.sse("data: 1\n\n").raw("zz\r\n"));
		for (int i = 0; i < 5; i++) {
			assertThatIOException().isThrownBy(() -> post("x"));
		}
	}

	@Test
	void stallsUntilTheClientDisconnects() {
		this.server.enqueue(FakeAnswer.silence());
		assertThatIOException().isThrownBy(() -> post("x"));
		this.server.awaitDisconnect();
	}

	private HttpResponse<String> post(String body) throws IOException, InterruptedException {
		return this.client.send(HttpRequest.newBuilder(URI.create(this.server.url() + "/v1/chat/completions"))
			.timeout(Duration.ofSeconds(1))
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build(), HttpResponse.BodyHandlers.ofString());
	}

}
