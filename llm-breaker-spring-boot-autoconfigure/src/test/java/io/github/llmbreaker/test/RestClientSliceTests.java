// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.test;

import java.time.Duration;

import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.LlmCallRejectedException;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.restclient.test.autoconfigure.RestClientTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.client.ExpectedCount;
import org.springframework.test.web.client.MockRestServiceServer;
import org.springframework.test.web.client.match.MockRestRequestMatchers;
import org.springframework.test.web.client.response.MockRestResponseCreators;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.RestClient;

import static io.github.llmbreaker.test.LlmBreakerAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Whether calls are guarded in {@code @RestClientTest}, and whether a test finds what the
 * one before it has broken.
 */
@RestClientTest(properties = { "llm-breaker.defaults.preset=consecutive", "llm-breaker.defaults.cooldown-jitter=0" })
@Import(ManualTicker.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RestClientSliceTests {

	private static final String URL = "https://api.openai.com/v1/chat/completions";

	@Autowired
	private Asking asking;

	@Autowired
	private LlmBreakers breakers;

	@Autowired
	private MockRestServiceServer server;

	@Autowired
	private ManualTicker ticker;

	@Test
	@Order(1)
	void callsAreGuardedAndTimeIsTheTests() {
		this.server.expect(ExpectedCount.manyTimes(), MockRestRequestMatchers.requestTo(URL))
			.andRespond(MockRestResponseCreators.withStatus(HttpStatus.SERVICE_UNAVAILABLE));
		for (int i = 0; i < 5; i++) {
			assertThatExceptionOfType(HttpServerErrorException.class).isThrownBy(this.asking::ask);
		}
		assertThatExceptionOfType(LlmCallRejectedException.class).isThrownBy(this.asking::ask);
		assertThat(this.breakers.find("openai:gpt-4.1").orElseThrow()).isOpen()
			.hasTripped()
			.hasTrippedTimes(1)
			.hasRemainingCooldown(Duration.ofSeconds(60));
		this.ticker.advance(Duration.ofSeconds(61));
		assertThatExceptionOfType(HttpServerErrorException.class).isThrownBy(this.asking::ask);
		assertThat(this.breakers.find("openai:gpt-4.1").orElseThrow()).hasTrippedTimes(2);
	}

	@Test
	@Order(2)
	void breakersAreClosedAgainInTheNextTest() {
		assertThat(this.breakers.all()).isNotEmpty();
		assertThat(this.breakers.find("openai:gpt-4.1").orElseThrow()).isClosed();
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(this.breakers.find("openai:gpt-4.1").orElseThrow()).isOpen())
			.withMessageContaining("Expecting breaker 'openai:gpt-4.1' to be OPEN but it is CLOSED");
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@Import(Asking.class)
	static class RestClientApplication {

	}

	static class Asking {

		private final RestClient client;

		Asking(RestClient.Builder builder) {
			this.client = builder.build();
		}

		void ask() {
			this.client.post()
				.uri(URL)
				.contentType(MediaType.APPLICATION_JSON)
				.body("{\"model\":\"gpt-4.1\",\"messages\":[]}")
				.retrieve()
				.toBodilessEntity();
		}

	}

}
