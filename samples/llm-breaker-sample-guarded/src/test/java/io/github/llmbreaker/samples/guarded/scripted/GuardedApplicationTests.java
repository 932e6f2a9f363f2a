// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.guarded.scripted;

import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.samples.guarded.GuardedApplication;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(classes = GuardedApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "story.enabled=false", "scripted.port=18088" })
class GuardedApplicationTests {

	@LocalServerPort
	private int port;

	@Autowired
	private ScriptedProvider provider;

	@Autowired
	private LlmBreakers breakers;

	@BeforeEach
	void allIsWell() {
		this.provider.recover();
		this.breakers.all().forEach((breaker) -> breaker.reset());
	}

	@Test
	void modelAnswers() {
		assertThat(ask("well").getBody()).isEqualTo("an answer of gpt-4.1");
	}

	@Test
	void siblingAnswersForAnOverloadedModel() {
		this.provider.overload("gpt-4.1");
		int before = this.provider.requests();
		assertThat(ask("sibling").getBody()).isEqualTo("an answer of gpt-4.1-mini");
		assertThat(this.provider.requests() - before).isEqualTo(2);
	}

	@Test
	void keptAnswerWhileBothAreOpen() {
		assertThat(ask("kept").getBody()).isEqualTo("an answer of gpt-4.1");
		openBoth();
		int before = this.provider.requests();
		assertThat(ask("kept").getBody()).isEqualTo("an answer of gpt-4.1");
		assertThat(this.provider.requests()).isEqualTo(before);
	}

	@Test
	void honest503WithoutAnAnswer() {
		openBoth();
		int before = this.provider.requests();
		ResponseEntity<String> response = ask("never asked before");
		assertThat(response.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
		assertThat(response.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(Integer.parseInt(response.getHeaders().getFirst(HttpHeaders.RETRY_AFTER))).isBetween(1, 22);
		assertThat(this.provider.requests()).isEqualTo(before);
	}

	private void openBoth() {
		this.provider.overload("gpt-4.1");
		this.provider.overload("gpt-4.1-mini");
		assertThat(ask("down 1").getStatusCode()).isEqualTo(HttpStatus.BAD_GATEWAY);
		assertThat(ask("down 2").getStatusCode()).isEqualTo(HttpStatus.BAD_GATEWAY);
	}

	private ResponseEntity<String> ask(String question) {
		return RestClient.create("http://localhost:" + this.port)
			.get()
			.uri("/ask?q={question}", question)
			.retrieve()
			.onStatus((status) -> true, (request, response) -> {
			})
			.toEntity(String.class);
	}

}
