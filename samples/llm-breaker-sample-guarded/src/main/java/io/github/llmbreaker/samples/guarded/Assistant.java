// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.guarded;

import java.util.List;
import java.util.Map;

import io.github.llmbreaker.LlmGuarded;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/**
 * Asks a model. When it does not answer its smaller sibling does, then an answer that was
 * kept from better times.
 */
@Component
class Assistant {

	private final RestClient client;

	Assistant(RestClient.Builder builder, @Value("${assistant.base-url}") String baseUrl) {
		this.client = builder.baseUrl(baseUrl).build();
	}

	/**
	 * Asks a model.
	 * @param model the model's name; replaced for a fallback
	 * @param question the question
	 * @return the answer
	 */
	@LlmGuarded(provider = "openai", model = "#model", fallbackModels = "gpt-4.1-mini", fallbackCache = "answers")
	public String ask(String model, String question) {
		return this.client.post()
			.uri("/chat/completions")
			.body(Map.of("model", model, "messages", List.of(Map.of("role", "user", "content", question))))
			.retrieve()
			.requiredBody(Completion.class)
			.text();
	}

	private record Completion(List<Choice> choices) {

		String text() {
			return this.choices.get(0).message().content();
		}

		private record Choice(Message message) {
		}

		private record Message(String content) {
		}

	}

}
