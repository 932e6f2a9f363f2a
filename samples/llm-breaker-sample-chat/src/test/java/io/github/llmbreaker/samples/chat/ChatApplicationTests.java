// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.chat;

import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.util.TestSocketUtils;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "scripted.traffic.enabled=false", "scripted.outage.healthy=1h", "scripted.event-delay=0s" })
class ChatApplicationTests {

	private WebTestClient chat;

	@DynamicPropertySource
	static void freePort(DynamicPropertyRegistry registry) {
		int port = TestSocketUtils.findAvailableTcpPort();
		registry.add("scripted.port", () -> port);
	}

	@BeforeEach
	void connect(@LocalServerPort int port) {
		this.chat = WebTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			gpt    | A fuse, so that one broken lamp does not darken the house.
			claude | A door that closes itself before the whole house gets cold.
			""")
	void answersInOnePiece(String assistant, String text) {
		this.chat.get()
			.uri("/chat/{assistant}?q=Why?", assistant)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(Piece.class)
			.isEqualTo(new Piece(text));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			gpt    | A fuse, so that one broken lamp does not darken the house.
			claude | A door that closes itself before the whole house gets cold.
			""")
	void streamsPieces(String assistant, String text) {
		List<String> pieces = this.chat.get()
			.uri("/chat/{assistant}/stream?q=Why?", assistant)
			.accept(MediaType.TEXT_EVENT_STREAM)
			.exchange()
			.expectStatus()
			.isOk()
			.returnResult(Piece.class)
			.getResponseBody()
			.map(Piece::text)
			.collectList()
			.block();
		assertThat(pieces).hasSize(6);
		assertThat(String.join("", pieces)).isEqualTo(text);
	}

	@Test
	void everyModelHasItsBreaker() {
		answersInOnePiece("gpt", "A fuse, so that one broken lamp does not darken the house.");
		answersInOnePiece("claude", "A door that closes itself before the whole house gets cold.");
		this.chat.get()
			.uri("/actuator/llmbreakers")
			.exchange()
			.expectBody()
			.jsonPath("$.health")
			.isEqualTo("HEALTHY")
			.jsonPath("$.breakers['openai:gpt-4.1-mini'].state")
			.isEqualTo("CLOSED")
			.jsonPath("$.breakers['openai:gpt-4.1-mini'].policy")
			.isEqualTo("defaults")
			.jsonPath("$.breakers['anthropic:claude-sonnet-4-5'].state")
			.isEqualTo("CLOSED")
			.jsonPath("$.breakers['anthropic:claude-sonnet-4-5'].policy")
			.isEqualTo("claude");
	}

	@Test
	void unknownAssistantIsNotFound() {
		this.chat.get().uri("/chat/parrot?q=Why?").exchange().expectStatus().isNotFound().expectBody();
	}

	record Piece(String text) {
	}

}
