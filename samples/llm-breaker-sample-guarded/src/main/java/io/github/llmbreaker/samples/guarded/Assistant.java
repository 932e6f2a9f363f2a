/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
