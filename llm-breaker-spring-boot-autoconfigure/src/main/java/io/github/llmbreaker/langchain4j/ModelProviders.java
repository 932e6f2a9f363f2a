// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import java.util.Set;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;

/**
 * Knows which of LangChain4j's providers is which of ours.
 *
 * @since 0.1.0
 */
public final class ModelProviders {

	private ModelProviders() {
	}

	/**
	 * Whether a model is one of a provider.
	 * @param model a chat model, streaming or not
	 * @param provider the provider's id
	 * @return whether it can answer for the provider
	 */
	public static boolean isOf(Object model, String provider) {
		if (model instanceof ChatModel chat) {
			return ids(chat.provider()).contains(provider);
		}
		return model instanceof StreamingChatModel streaming && ids(streaming.provider()).contains(provider);
	}

	private static Set<String> ids(ModelProvider provider) {
		// by name: versions of the library know different ones
		return switch (provider.name()) {
			case "OPEN_AI" -> Set.of("openai");
			case "ANTHROPIC" -> Set.of("anthropic");
			case "GOOGLE_AI_GEMINI", "GOOGLE_GENAI" -> Set.of("google-gemini");
			case "GOOGLE_VERTEX_AI_GEMINI", "GOOGLE_VERTEX_AI_ANTHROPIC" -> Set.of("google-vertex");
			case "OLLAMA" -> Set.of("ollama");
			case "MISTRAL_AI" -> Set.of("mistral");
			case "COHERE" -> Set.of("cohere");
			case "AMAZON_BEDROCK" -> Set.of("bedrock");
			case "GITHUB_MODELS" -> Set.of("github-models");
			case "AZURE_OPEN_AI" -> Set.of("azure-openai");
			case "MICROSOFT_FOUNDRY" -> Set.of("azure-foundry", "azure-openai");
			default -> Set.of();
		};
	}

}
