// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StartReport}.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartReportTests {

	private static final String START = "LLM calls are guarded in mode ";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LlmBreakerAutoConfiguration.class,
				LlmBreakerWebClientAutoConfiguration.class, LlmBreakerRestClientAutoConfiguration.class,
				LlmBreakerOkHttpAutoConfiguration.class, LlmBreakerSpringAiAutoConfiguration.class,
				LlmBreakerLangChain4jAutoConfiguration.class, LlmBreakerAopAutoConfiguration.class));

	@Test
	void oneLineNamesClientsProvidersAndPolicies(CapturedOutput output) {
		this.runner
			.withPropertyValues("llm-breaker.policies.premium.models=gpt-4.1*",
					"llm-breaker.providers.my-vllm.api-key=sk-secret",
					"llm-breaker.providers.my-vllm.base-urls=http://vllm.internal:8000/v1")
			.run((context) -> assertThat(output).containsOnlyOnce(START)
				.contains(START + "enforce, isolation model. "
						+ "Clients: WebClient, RestClient, SDKs on OkHttp, Spring AI, LangChain4j, @LlmGuarded methods. ")
				.containsPattern("Providers: my-vllm, and [1-9]\\d built in\\. Policies: premium\\.")
				.doesNotContain("Not guarded", "sk-secret"));
	}

	@Test
	void whatIsSwitchedOffIsSaidWithItsProperty(CapturedOutput output) {
		this.runner
			.withPropertyValues("llm-breaker.mode=observe", "llm-breaker.webclient.enabled=false",
					"llm-breaker.aop.enabled=false")
			.run((context) -> assertThat(output)
				.contains(START
						+ "observe, isolation model. Clients: RestClient, SDKs on OkHttp, Spring AI, LangChain4j. ")
				.contains("Policies: none. Not guarded: WebClient ('llm-breaker.webclient.enabled' is false), "
						+ "@LlmGuarded methods ('llm-breaker.aop.enabled' is false)."));
	}

	@Test
	void whatIsNotGuardedForLackOfAStarterIsSaidToo(CapturedOutput output) {
		this.runner.withClassLoader(new FilteredClassLoader(RestClientCustomizer.class))
			.run((context) -> assertThat(output)
				.contains("Not guarded: RestClient (spring-boot-starter-restclient is missing)."));
	}

	@Test
	void oneLineSaysThatNothingIsGuarded(CapturedOutput output) {
		this.runner.withPropertyValues("llm-breaker.enabled=false")
			.run((context) -> assertThat(output)
				.containsOnlyOnce("No LLM call is guarded, as 'llm-breaker.enabled' is false")
				.doesNotContain(START));
	}

}
