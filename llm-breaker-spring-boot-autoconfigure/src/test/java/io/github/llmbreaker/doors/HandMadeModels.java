// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.doors;

import java.time.Duration;

import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Models that the application builds by itself; Spring AI builds none of a vendor then.
 */
@Configuration(proxyBeanMethods = false)
class HandMadeModels {

	private final String server;

	HandMadeModels(Environment environment) {
		this.server = environment.getRequiredProperty("server");
	}

	@Bean
	OpenAiChatModel handMadeOpenAi() {
		return OpenAiChatModel.builder()
			.options(OpenAiChatOptions.builder()
				.baseUrl(this.server + Vendor.OPENAI.path())
				.apiKey("key")
				.model(Vendor.OPENAI.model())
				.timeout(Duration.ofSeconds(30))
				.build())
			.build();
	}

	@Bean
	AnthropicChatModel handMadeAnthropic() {
		return AnthropicChatModel.builder()
			.options(AnthropicChatOptions.builder()
				.baseUrl(this.server + Vendor.ANTHROPIC.path())
				.apiKey("key")
				.model(Vendor.ANTHROPIC.model())
				.maxTokens(10)
				.timeout(Duration.ofSeconds(30))
				.build())
			.build();
	}

}
