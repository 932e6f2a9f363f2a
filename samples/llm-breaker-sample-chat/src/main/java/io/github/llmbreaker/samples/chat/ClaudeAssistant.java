// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.chat;

import java.util.List;
import java.util.Map;

import io.github.llmbreaker.samples.chat.ChatProperties.Provider;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Asks a model of Anthropic.
 */
@Component("claude")
final class ClaudeAssistant implements Assistant {

	private final WebClient client;

	private final String model;

	ClaudeAssistant(WebClient.Builder builder, ChatProperties properties) {
		Provider anthropic = properties.anthropic();
		this.client = builder.baseUrl(anthropic.baseUrl())
			.defaultHeader("x-api-key", anthropic.apiKey())
			.defaultHeader("anthropic-version", "2023-06-01")
			.build();
		this.model = anthropic.model();
	}

	@Override
	public Mono<String> answer(String question) {
		return ask(question, false).bodyToMono(Message.class).map(Message::text);
	}

	@Override
	public Flux<String> stream(String question) {
		return ask(question, true).bodyToFlux(Event.class).handle(Event::emitTo);
	}

	private WebClient.ResponseSpec ask(String question, boolean stream) {
		return this.client.post()
			.uri("/messages")
			.bodyValue(Map.of("model", this.model, "max_tokens", 1024, "stream", stream, "messages",
					List.of(Map.of("role", "user", "content", question))))
			.retrieve();
	}

	private record Message(List<Block> content) {

		String text() {
			return this.content.get(0).text();
		}

		private record Block(String text) {
		}

	}

	private record Event(String type, @Nullable Delta delta, @Nullable Error error) {

		void emitTo(SynchronousSink<String> sink) {
			if (this.error != null) {
				sink.error(new BrokenAnswerException(this.error.type()));
			}
			else if (this.delta != null && this.delta.text() != null) {
				sink.next(this.delta.text());
			}
		}

		private record Delta(@Nullable String text) {
		}

		private record Error(String type) {
		}

	}

}
