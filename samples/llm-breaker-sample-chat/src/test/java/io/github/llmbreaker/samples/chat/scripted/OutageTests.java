// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.chat.scripted;

import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.util.TestSocketUtils;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The whole story in a few seconds, watched from outside.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "scripted.outage.healthy=500ms", "scripted.outage.overloaded=1s",
				"scripted.outage.rate-limited=6s", "scripted.event-delay=0s", "scripted.traffic.interval=50ms",
				"llm-breaker.policies.claude.cooldown=1s", "llm-breaker.policies.claude.cooldown-jitter=0" })
@ExtendWith(OutputCaptureExtension.class)
class OutageTests {

	@Autowired
	private ScriptedProviders providers;

	private WebTestClient client;

	@DynamicPropertySource
	static void freePort(DynamicPropertyRegistry registry) {
		int port = TestSocketUtils.findAvailableTcpPort();
		registry.add("scripted.port", () -> port);
	}

	@BeforeEach
	void connect(@LocalServerPort int port) {
		this.client = WebTestClient.bindToServer()
			.baseUrl("http://localhost:" + port)
			.responseTimeout(Duration.ofSeconds(20))
			.build();
	}

	@Test
	void oneModelIsLeftAloneForAsLongAsItAsksWhileTheOtherAnswers(CapturedOutput output) {
		await().atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> claude().path("openedBy").asString("").equals("RATE_LIMITED"));
		claudeIsRejectedWithoutAskingAnthropic();
		assertThat(statusOf("/chat/gpt?q=Why?")).isEqualTo(200);
		assertThat(breakers().path("health").asString()).isEqualTo("DEGRADED");

		await().atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> claude().path("state").asString().equals("CLOSED"));
		assertThat(this.providers.unwantedRequests()).isZero();
		assertThat(statusOf("/chat/claude?q=Why?")).isEqualTo(200);
		assertThat(statusOf("/chat/claude/stream?q=Why?")).isEqualTo(200);
		assertThat(breakers().path("health").asString()).isEqualTo("HEALTHY");
		assertThat(claude().path("trips").asInt()).isGreaterThanOrEqualTo(2);
		assertThat(claude().path("calls").path("rejected").asInt()).isPositive();
		assertThat(breakers().at("/breakers/openai:gpt-4.1-mini/trips").asInt()).isZero();

		await().atMost(Duration.ofSeconds(20)).until(() -> output.getOut().contains("--- The end."));
		assertThat(output.getOut()).containsSubsequence(Phase.HEALTHY.headline(), "claude: 200 [CLOSED]",
				Phase.OVERLOADED.headline(), "claude: 502, The provider", "[OPEN]",
				"claude: 503, Retry-After: 1 [OPEN]", "answered 429 [OPEN]", "claude: 503, Retry-After: ", " [OPEN]",
				Phase.RECOVERED.headline(), "claude: 200 [CLOSED]", "--- The end.",
				", 0 of them while it wanted to be left alone");
	}

	private void claudeIsRejectedWithoutAskingAnthropic() {
		int before = this.providers.anthropicRequests();
		for (String path : new String[] { "/chat/claude?q=Why?", "/chat/claude/stream?q=Why?" }) {
			get(path).expectStatus()
				.isEqualTo(503)
				.expectHeader()
				.contentType(MediaType.APPLICATION_PROBLEM_JSON)
				.expectHeader()
				.value(HttpHeaders.RETRY_AFTER, (seconds) -> assertThat(seconds).matches("[1-7]"))
				.expectBody()
				.jsonPath("$.detail")
				.value(String.class, (detail) -> assertThat(detail)
					.startsWith("Circuit breaker 'anthropic:claude-sonnet-4-5' is open after RATE_LIMITED, retry in "));
		}
		assertThat(this.providers.anthropicRequests()).isEqualTo(before);
	}

	private int statusOf(String uri) {
		return get(uri).expectBody().returnResult().getStatus().value();
	}

	private ResponseSpec get(String uri) {
		return this.client.get().uri(uri).exchange();
	}

	private JsonNode breakers() {
		return get("/actuator/llmbreakers").expectBody(JsonNode.class).returnResult().getResponseBody();
	}

	private JsonNode claude() {
		return breakers().path("breakers").path("anthropic:claude-sonnet-4-5");
	}

}
