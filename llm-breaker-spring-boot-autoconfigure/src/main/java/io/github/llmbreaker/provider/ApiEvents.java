// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import org.jspecify.annotations.Nullable;

/**
 * Which API stands behind an endpoint name.
 */
final class ApiEvents {

	static final AnswerEvents CHAT = new ChatEvents(new AnswerFields());

	static final AnswerEvents RESPONSES = new ResponsesEvents(new AnswerFields());

	static final AnswerEvents MESSAGES = new MessagesEvents(new AnswerFields());

	static final AnswerEvents GEMINI = new GeminiEvents(new AnswerFields());

	static final AnswerEvents INTERACTIONS = new InteractionEvents(new AnswerFields());

	static final AnswerEvents VENDOR = new VendorEvents(new AnswerFields());

	static final AnswerEvents BEDROCK = new BedrockEvents(new AnswerFields());

	static final AnswerEvents OLLAMA = new OllamaEvents(new AnswerFields());

	static final AnswerEvents COHERE = new CohereEvents(new AnswerFields());

	static final AnswerEvents GENERATE = new GenerateEvents(new AnswerFields());

	private ApiEvents() {
	}

	/**
	 * Returns what the answers of an endpoint mean.
	 * @param endpoint the canonical endpoint name
	 * @return the meaning, {@code null} where nothing is known about answers
	 */
	static @Nullable AnswerEvents of(String endpoint) {
		return switch (endpoint) {
			case "unknown", "models" -> null;
			case "responses" -> RESPONSES;
			case "messages", "messages.count_tokens" -> MESSAGES;
			case "generateContent", "countTokens", "embedContent", "predict" -> GEMINI;
			case "interactions" -> INTERACTIONS;
			case "rawPredict", "count-tokens" -> VENDOR;
			case "converse", "invoke" -> BEDROCK;
			case "generate", "text-generation" -> GENERATE;
			default -> CHAT;
		};
	}

}
