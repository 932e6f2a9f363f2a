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
