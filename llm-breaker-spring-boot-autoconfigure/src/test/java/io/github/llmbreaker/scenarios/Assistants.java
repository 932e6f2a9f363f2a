// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.scenarios;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.github.llmbreaker.LlmGuarded;
import reactor.core.publisher.Flux;

/**
 * Guarded methods around OpenAI's SDK.
 */
class Assistants {

	private final Map<String, OpenAIClient> clients;

	private final Map<String, OpenAIClientAsync> asyncClients;

	/**
	 * Creates it.
	 * @param clients those of each provider
	 * @param asyncClients those of each provider, again
	 */
	Assistants(Map<String, OpenAIClient> clients, Map<String, OpenAIClientAsync> asyncClients) {
		this.clients = clients;
		this.asyncClients = asyncClients;
	}

	static ChatCompletionCreateParams params(String model) {
		return ChatCompletionCreateParams.builder().model(model).addUserMessage("Hello").build();
	}

	@LlmGuarded(provider = "#provider", model = "#model")
	public ChatCompletion answer(String provider, String model) {
		return this.clients.get(provider).chat().completions().create(params(model));
	}

	@LlmGuarded(provider = "#provider", model = "#model")
	public CompletableFuture<ChatCompletion> future(String provider, String model) {
		return this.asyncClients.get(provider).chat().completions().create(params(model));
	}

	@LlmGuarded(provider = "#provider", model = "#model")
	public Flux<ChatCompletionChunk> stream(String provider, String model) {
		return Flux.create((sink) -> {
			AsyncStreamResponse<ChatCompletionChunk> answer = this.asyncClients.get(provider)
				.chat()
				.completions()
				.createStreaming(params(model));
			sink.onDispose(answer::close);
			answer.subscribe(sink::next).onCompleteFuture().whenComplete((nothing, error) -> {
				if (error != null) {
					sink.error(error);
				}
				else {
					sink.complete();
				}
			});
		});
	}

}
