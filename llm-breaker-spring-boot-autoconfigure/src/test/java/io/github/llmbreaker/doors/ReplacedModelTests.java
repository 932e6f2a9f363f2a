// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.doors;

import java.util.List;

import io.github.llmbreaker.autoconfigure.LlmBreakerAutoConfiguration;
import io.github.llmbreaker.autoconfigure.LlmBreakerOkHttpAutoConfiguration;
import io.github.llmbreaker.autoconfigure.LlmBreakerSpringAiAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;

/**
 * Tests that a test of an application can replace a chat model as without us.
 */
@SpringBootTest(classes = ReplacedModelTests.Models.class, webEnvironment = WebEnvironment.NONE)
class ReplacedModelTests {

	@MockitoBean
	private ChatModel model;

	@Autowired
	private ChatClient client;

	@Test
	void mockAnswersInsteadOfTheModel() {
		given(this.model.getOptions()).willReturn(ChatOptions.builder().build());
		given(this.model.call(any(Prompt.class)))
			.willReturn(new ChatResponse(List.of(new Generation(new AssistantMessage("mocked")))));
		assertThat(this.client.prompt("Hello").call().content()).isEqualTo("mocked");
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ LlmBreakerAutoConfiguration.class, LlmBreakerOkHttpAutoConfiguration.class,
			LlmBreakerSpringAiAutoConfiguration.class })
	static class Models {

		@Bean
		OpenAiChatModel gpt() {
			return OpenAiChatModel.builder()
				.options(OpenAiChatOptions.builder().baseUrl("http://localhost:1").apiKey("key").model("gpt").build())
				.build();
		}

		@Bean
		ChatClient client(ChatModel model) {
			return ChatClient.create(model);
		}

	}

}
