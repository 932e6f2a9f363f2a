// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.dialect;

import java.util.List;
import java.util.stream.Stream;

import io.github.llmbreaker.provider.LlmDialect;
import io.github.llmbreaker.provider.error.ErrorRules;
import io.github.llmbreaker.provider.error.ErrorTable;
import io.github.llmbreaker.provider.error.VendorErrors;
import io.github.llmbreaker.provider.error.Verdict;
import io.github.llmbreaker.provider.stream.ApiEvents;

/**
 * The dialects that come with the library: {@link OpenAiLikeDialects} and those with an
 * API of their own.
 *
 * @since 0.1.0
 */
public final class BuiltInDialects {

	private static final List<LlmDialect> ALL = Stream.concat(OpenAiLikeDialects.all().stream(), Stream.of(
			// mostly the path names a deployment
			new BuiltInDialect("azure-openai", VendorErrors.azure(), "*.openai.azure.com",
					"*.cognitiveservices.azure.com", "*.openai.azure.us", "*.openai.azure.cn",
					"*.cognitiveservices.azure.cn")
				.modelInPath(new AzurePaths())
				.keyHeader("api-key"),
			// models of many vendors, each with the API of its vendor
			new BuiltInDialect("azure-foundry", VendorErrors.azure(), "*.services.ai.azure.com")
				.modelInPath(new AzurePaths())
				.keyHeader("api-key"),
			new BuiltInDialect("anthropic", VendorErrors.anthropic(), "api.anthropic.com").path("/messages", "messages")
				.path("/messages/count_tokens", "messages.count_tokens")
				.path("/v1/complete", "completions")
				.keyHeader("x-api-key"),
			new BuiltInDialect("google-gemini", VendorErrors.google(), "generativelanguage.googleapis.com")
				.path("/interactions", "interactions")
				.modelInPath(new GooglePaths())
				.modelPrefix("models/")
				.keyHeader("x-goog-api-key")
				.keyParameter("key"),
			// Google's own models and those of other publishers; the path may name a
			// tool
			new BuiltInDialect("google-vertex", VendorErrors.google(), "aiplatform.googleapis.com",
					"*-aiplatform.googleapis.com", "aiplatform.*.rep.googleapis.com")
				.path("/count-tokens:rawPredict", "count-tokens")
				.path("/count-tokens%3ArawPredict", "count-tokens")
				.modelInPath(new GooglePaths())
				.keyParameter("key"),
			// errors are a message and nothing more
			new BuiltInDialect("cohere",
					new ErrorRules(new ErrorTable().at(400, 422)
						.says(Verdict.CONTEXT_LENGTH, "too many tokens")
						.at(429)
						.says(Verdict.QUOTA, "per month", "/ month", "a month", "monthly"))
						.status(498, Verdict.CONTENT_FILTERED),
					"api.cohere.com", "api.cohere.ai")
				.path("/chat", "chat", ApiEvents.COHERE)
				.path("/embed", "embed")
				.path("/generate", "generate", ApiEvents.COHERE),
			new BedrockDialect(), new HuggingFaceDialect(), new WatsonxDialect(), ollama("ollama", "localhost:11434"),
			// docs.ollama.com/cloud: the same API with a key
			ollama("ollama-cloud", "ollama.com/api", "ollama.com/v1")))
		.toList();

	private BuiltInDialects() {
	}

	/** Its own API, and those of OpenAI and Anthropic. */
	private static LlmDialect ollama(String id, String... hosts) {
		return new BuiltInDialect(id, VendorErrors.anthropic(), hosts).path("/api/chat", "chat", ApiEvents.OLLAMA)
			.path("/api/generate", "generate", ApiEvents.OLLAMA)
			.path("/api/embed", "embed", ApiEvents.OLLAMA)
			.path("/api/embeddings", "embed", ApiEvents.OLLAMA)
			.pathWithoutModel("/api/tags", "models")
			.pathWithoutModel("/api/ps", "models");
	}

	/** One for each built-in provider, and those for servers of one's own. */
	public static List<LlmDialect> all() {
		return ALL;
	}

}
