// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.scenarios;

import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.client.okhttp.OpenAIOkHttpClientAsync;

import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Models that the application builds by itself; Spring AI builds none then.
 */
@Configuration(proxyBeanMethods = false)
class OwnModels {

	@Bean
	OpenAiChatModel ownModel(Environment environment) {
		return OpenAiChatModel.builder()
			.options(OpenAiChatOptions.builder()
				.baseUrl(environment.getRequiredProperty("llm-breaker.providers.openai.base-urls"))
				.apiKey("key")
				.model("any")
				.build())
			.build();
	}

	@Bean
	OpenAiChatModel ownModelOfClient(Environment environment) {
		String url = environment.getRequiredProperty("llm-breaker.providers.openai.base-urls");
		return OpenAiChatModel.builder()
			.openAiClient(OpenAIOkHttpClient.builder().baseUrl(url).apiKey("key").build())
			.openAiClientAsync(OpenAIOkHttpClientAsync.builder().baseUrl(url).apiKey("key").build())
			.options(OpenAiChatOptions.builder().model("any").build())
			.build();
	}

}
