// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.springai.scripted;

import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.samples.springai.SpringAiApplication;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(classes = SpringAiApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = "scripted.port=18089")
class SpringAiApplicationTests {

	@LocalServerPort
	private int port;

	@Autowired
	private ScriptedVendors vendors;

	@Autowired
	private LlmBreakers breakers;

	@BeforeEach
	void allIsWell() {
		this.vendors.openAiIsDown(false);
		this.breakers.all().forEach((breaker) -> breaker.reset());
	}

	@Test
	void modelThatWasAskedAnswers() {
		assertThat(get("/ask?q=who")).isEqualTo("I am GPT");
		assertThat(get("/stream?q=who")).contains("data:I am").contains("data:GPT");
	}

	@Test
	void otherVendorAnswersWhileTheFirstIsDown() {
		this.vendors.openAiIsDown(true);
		int before = this.vendors.requestsToOpenAi();
		assertThat(get("/ask?q=who")).isEqualTo("I am Claude");
		assertThat(this.vendors.requestsToOpenAi()).isEqualTo(before + 2);
		assertThat(get("/stream?q=who")).contains("data:I am").contains("data:Claude");
	}

	@Test
	void openBreakerSparesTheVendorThatIsDown() {
		get("/ask?q=who");
		this.breakers.find("openai:gpt-4.1").orElseThrow().forceOpen(null);
		int before = this.vendors.requestsToOpenAi();
		assertThat(get("/ask?q=who")).isEqualTo("I am Claude");
		assertThat(this.vendors.requestsToOpenAi()).isEqualTo(before);
	}

	private String get(String path) {
		return RestClient.create("http://localhost:" + this.port).get().uri(path).retrieve().body(String.class);
	}

}
