// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.util.List;

/**
 * The dialects that come with the library.
 */
final class BuiltInDialects {

	private BuiltInDialects() {
	}

	static List<LlmDialect> all() {
		return List.of(new OpenAiDialect(), new AzureOpenAiDialect(), new AzureFoundryDialect(), new AnthropicDialect(),
				new GeminiDialect(), new VertexDialect(), new BedrockDialect(), new MistralDialect(),
				new CohereDialect(), new GroqDialect(), new OpenRouterDialect(), new DeepSeekDialect(),
				new XaiDialect(), new TogetherDialect(), new FireworksDialect(), new PerplexityDialect(),
				new HuggingFaceDialect(), new OllamaDialect(), new MoonshotDialect(), new GitHubModelsDialect(),
				new OpenAiCompatibleDialect());
	}

}
