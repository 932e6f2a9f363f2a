// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.examples;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class LangChainAssistant {

	@Bean
	ChatModel chatModel(@Value("${openai.api-key}") String apiKey) {
		return OpenAiChatModel.builder().apiKey(apiKey).modelName("gpt-4.1").build();
	}

}
