// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.examples;

import java.time.Duration;
import java.util.Map;

import com.openai.client.okhttp.OpenAIOkHttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.langchain4j.LlmBreakerHttpClientBuilder;
import io.github.llmbreaker.test.LlmBreakerAssertions;
import io.github.llmbreaker.test.LlmBreakersTester;
import io.github.llmbreaker.test.ManualTicker;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.restclient.test.autoconfigure.RestClientTest;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.test.web.client.ExpectedCount;
import org.springframework.test.web.client.MockRestServiceServer;
import org.springframework.test.web.client.match.MockRestRequestMatchers;
import org.springframework.test.web.client.response.MockRestResponseCreators;

/**
 * Examples of the pages that need what the samples don't have. They only have to compile;
 * a test of the samples compares them with the pages.
 */
final class OtherExamples {

	private OtherExamples() {
	}

	static OpenAiChatModel.OpenAiChatModelBuilder guarded(HttpClientBuilder myHttpClientBuilder) {
		return OpenAiChatModel.builder().httpClientBuilder(LlmBreakerHttpClientBuilder.guarded(myHttpClientBuilder));
	}

	static OpenAIOkHttpClient.Builder tellingAllItSees() {
		return OpenAIOkHttpClient.builder().maxRetries(0).responseValidation(true).timeout(Duration.ofSeconds(20));
	}

	static void open(HttpSecurity http) {
		http.securityMatcher("/actuator/**")
			.authorizeHttpRequests((requests) -> requests.anyRequest().hasRole("OPERATOR"))
			.csrf(CsrfConfigurer::disable)
			.httpBasic(Customizer.withDefaults());
	}

	static int failing(LlmBreakersTester tester) {
		// @formatter:off
		LlmTarget gpt = LlmTarget.of("openai", "gpt-4.1");
		tester.open(gpt);                  // its calls are rejected, as if it had failed before
		tester.answer(gpt, 529);           // it answers each call with this status
		tester.answer(gpt, 429, Map.of("Retry-After", "20"), "{}");
		tester.cutStream(gpt);             // its streams break after the first words
		int sent = tester.requests(gpt);   // what it has got since; rejected calls send nothing
		tester.close(gpt);                 // all is well again
		// @formatter:on
		return sent;
	}

	static class Assistant {

	}

	@RestClientTest(Assistant.class)
	@Import(ManualTicker.class)
	class AssistantTests {

		@Test
		void modelIsLeftAloneForAWhile(@Autowired Assistant assistant, @Autowired MockRestServiceServer server,
				@Autowired LlmBreakers breakers, @Autowired ManualTicker ticker) {
			server.expect(ExpectedCount.manyTimes(), MockRestRequestMatchers.anything())
				.andRespond(MockRestResponseCreators.withServiceUnavailable());
			// ... call the assistant until its model is given up
			LlmBreakerAssertions.assertThat(breakers.find("openai:gpt-4.1").orElseThrow()).isOpen().hasTrippedTimes(1);
			ticker.advance(Duration.ofMinutes(5));
			// ... the next call probes
		}

	}

}
