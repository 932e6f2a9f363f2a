// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.chat.scripted;

import java.time.Duration;

import io.github.llmbreaker.samples.chat.ChatApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.embedded.error.OsArchitectureNotFound;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.util.TestSocketUtils;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The profile fleet by its one command: two instances, a Redis, and what the console
 * shows.
 */
@ExtendWith(OutputCaptureExtension.class)
class FleetTests {

	@Test
	void whatOneInstanceFindsOutProtectsTheOther(CapturedOutput output) {
		try (ConfigurableApplicationContext one = SpringApplication.run(ChatApplication.class,
				"--spring.profiles.active=fleet", "--server.port=0", "--scripted.second-port=0",
				"--scripted.port=" + TestSocketUtils.findAvailableTcpPort(),
				"--spring.data.redis.port=" + TestSocketUtils.findAvailableTcpPort(), "--scripted.outage.healthy=1s",
				"--scripted.outage.overloaded=2s", "--scripted.outage.rate-limited=2s", "--scripted.event-delay=0s",
				"--scripted.traffic.interval=100ms", "--llm-breaker.policies.claude.cooldown=1500ms",
				"--llm-breaker.policies.claude.cooldown-jitter=0")) {
			await().atMost(Duration.ofSeconds(90)).until(() -> output.getOut().contains("--- The end."));
			assertThat(fleetOf(one).path("connected").asBoolean()).isTrue();
			assertThat(fleetOf(one).path("instances")).hasSize(2);
		}
		assertThat(output.getOut()).containsSubsequence("one: 502, The provider answered 529 [CLOSED]", "[OPEN]",
				"--- One has found out", "two: 503, Retry-After:",
				"--- Two knows it already, and did not ask Anthropic.", "one: 200 [CLOSED]   two: 200 [CLOSED]",
				"--- The end.");
	}

	@Test
	void whoHasNoFittingRedisIsToldWhatToDo() {
		NoRedisException failure = new NoRedisException(
				new OsArchitectureNotFound(new IllegalArgumentException("s390x")));
		assertThat(new NoRedisFailureAnalyzer().analyze(failure)).satisfies((analysis) -> {
			assertThat(analysis.getDescription()).contains("does not run on " + System.getProperty("os.name"));
			assertThat(analysis.getAction()).contains("--scripted.embedded-redis=false");
		});
	}

	private static JsonNode fleetOf(ConfigurableApplicationContext instance) {
		return WebTestClient.bindToServer()
			.baseUrl("http://localhost:" + instance.getEnvironment().getRequiredProperty("local.server.port"))
			.responseTimeout(Duration.ofSeconds(20))
			.build()
			.get()
			.uri("/actuator/llmbreakers")
			.exchange()
			.expectBody(JsonNode.class)
			.returnResult()
			.getResponseBody()
			.path("fleet");
	}

}
