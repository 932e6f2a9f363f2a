// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.guarded.scripted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmBreaker;
import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.samples.guarded.GuardedApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the policies of a running application change with Spring Cloud: by a value
 * that is posted, and by a file that was edited.
 */
@SpringBootTest(classes = GuardedApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "story.enabled=false", "scripted.port=18089", "management.endpoint.env.post.enabled=true",
				"management.endpoints.web.exposure.include=env,refresh,llmbreakers",
				"spring.cloud.compatibility-verifier.enabled=false" },
		args = "--spring.config.import=optional:file:target/policies.properties")
@ExtendWith(OutputCaptureExtension.class)
class ChangedPolicyTests {

	private static final Path FILE = Path.of("target", "policies.properties");

	@LocalServerPort
	private int port;

	@Autowired
	private ScriptedProvider provider;

	@Autowired
	private LlmBreakers breakers;

	@AfterAll
	static void removeFile() throws IOException {
		Files.deleteIfExists(FILE);
	}

	@BeforeEach
	void allIsWell() {
		this.provider.recover();
		this.breakers.all().forEach(LlmBreaker::reset);
	}

	@Test
	void postedValueIsFollowedByALiveBreaker() {
		this.provider.overload("gpt-4.1");
		ask();
		ask();
		assertThat(breaker().state()).isEqualTo(BreakerState.OPEN);
		post("llm-breaker.policies.gpt.cooldown", "90s");
		assertThat(settings()).containsEntry("cooldown", "PT1M30S");
		assertThat(breaker().state()).isEqualTo(BreakerState.OPEN);
		assertThat(breaker().remainingCooldown().toSeconds()).isLessThanOrEqualTo(22);
	}

	@Test
	void badValueIsRefused(CapturedOutput output) {
		ask();
		post("llm-breaker.policies.gpt.failure-threshold", "0");
		assertThat(output).contains("'llm-breaker.policies.gpt.failure-threshold' must be at least 1 (was 0)");
		assertThat(settings()).containsEntry("failureThreshold", 2);
		post("llm-breaker.policies.gpt.failure-threshold", "2");
	}

	@Test
	void editedFileIsFollowedAfterARefresh() throws IOException {
		ask();
		Files.writeString(FILE, "llm-breaker.policies.gpt.half-open-calls=4");
		http().post().uri("/actuator/refresh").retrieve().toBodilessEntity();
		assertThat(settings()).containsEntry("halfOpenCalls", 4);
	}

	private void post(String name, String value) {
		http().post()
			.uri("/actuator/env")
			.contentType(MediaType.APPLICATION_JSON)
			.body("{\"name\":\"%s\",\"value\":\"%s\"}".formatted(name, value))
			.retrieve()
			.toBodilessEntity();
	}

	@SuppressWarnings("unchecked")
	private Map<String, Object> settings() {
		Map<String, Object> breaker = http().get()
			.uri("/actuator/llmbreakers/openai:gpt-4.1")
			.accept(MediaType.APPLICATION_JSON)
			.retrieve()
			.body(Map.class);
		return (Map<String, Object>) breaker.get("settings");
	}

	private LlmBreaker breaker() {
		return this.breakers.find("openai:gpt-4.1").orElseThrow();
	}

	private void ask() {
		http().get().uri("/ask?q={question}", "how").retrieve().body(String.class);
	}

	private RestClient http() {
		return RestClient.create("http://localhost:" + this.port);
	}

}
