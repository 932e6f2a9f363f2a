// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.util.List;
import java.util.stream.Stream;

/**
 * The dialects that come with the library.
 */
final class BuiltInDialects {

	private BuiltInDialects() {
	}

	static List<LlmDialect> all() {
		return Stream.concat(OpenAiLikeDialect.all().stream(),
				Stream.of(new AzureOpenAiDialect(), new AzureFoundryDialect(), new AnthropicDialect(),
						new GeminiDialect(), new VertexDialect(), new BedrockDialect(), new CohereDialect(),
						new HuggingFaceDialect(), new OllamaDialect()))
			.toList();
	}

}
