// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.chat;

import java.util.List;
import java.util.Map;

import io.github.llmbreaker.samples.chat.ChatProperties.Provider;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Asks a model of OpenAI.
 */
@Component("gpt")
final class GptAssistant implements Assistant {

	private final WebClient client;

	private final String model;

	private final JsonMapper json;

	GptAssistant(WebClient.Builder builder, ChatProperties properties, JsonMapper json) {
		Provider openai = properties.openai();
		this.client = builder.baseUrl(openai.baseUrl())
			.defaultHeaders((headers) -> headers.setBearerAuth(openai.apiKey()))
			.build();
		this.model = openai.model();
		this.json = json;
	}

	@Override
	public Mono<String> answer(String question) {
		return ask(question, false).bodyToMono(Completion.class).map(Completion::text);
	}

	@Override
	public Flux<String> stream(String question) {
		return ask(question, true).bodyToFlux(String.class)
			.filter((data) -> !data.equals("[DONE]"))
			.map((data) -> this.json.readValue(data, Chunk.class).text())
			.filter((text) -> !text.isEmpty());
	}

	private WebClient.ResponseSpec ask(String question, boolean stream) {
		return this.client.post()
			.uri("/chat/completions")
			.bodyValue(Map.of("model", this.model, "stream", stream, "messages",
					List.of(Map.of("role", "user", "content", question))))
			.retrieve();
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

	private record Chunk(List<Choice> choices) {

		String text() {
			String text = this.choices.isEmpty() ? null : this.choices.get(0).delta().content();
			return (text != null) ? text : "";
		}

		private record Choice(Delta delta) {
		}

		private record Delta(@Nullable String content) {
		}

	}

}
