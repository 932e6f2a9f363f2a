// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.net.http.HttpResponse;

import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.testing.FakeAnswer;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What callers see of a provider that has said everything and keeps the connection open.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {
		"spring.config.additional-location=classpath:gateway-tests.yml", "gateway.stream-end-grace=200ms" })
class UnclosedStreamTests {

	private static final Provider provider = new Provider();

	@Autowired
	private LlmBreakers breakers;

	@DynamicPropertySource
	static void upstream(DynamicPropertyRegistry registry) {
		registry.add("gateway.upstream.base-url", provider::baseUrl);
	}

	@Test
	void endsAStreamSoonAfterItsLastPiece(@LocalServerPort int port) {
		Caller caller = new Caller(port);
		FakeAnswer open = Answers.beginning("primary", "All")
			.chunk(Answers.finish("primary"))
			.chunk(Answers.usage("primary"))
			.stall();
		provider.then("primary", open);
		HttpResponse<String> response = caller.postStream("primary");
		assertThat(response.body()).contains("\"total_tokens\":10")
			.endsWith("data: [DONE]\n\n")
			.doesNotContain("error");
		provider.then("buffered", open);
		assertThat(caller.stream("buffered")).isEqualTo("All");
		assertThat(this.breakers.all()).isNotEmpty()
			.allSatisfy((breaker) -> assertThat(breaker.state()).hasToString("CLOSED"));
	}

}
