// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.dialect;

import java.util.List;
import java.util.stream.Stream;

import io.github.llmbreaker.provider.LlmDialect;

/**
 * The dialects that come with the library.
 *
 * @since 0.1.0
 */
public final class BuiltInDialects {

	private BuiltInDialects() {
	}

	/**
	 * Returns them all.
	 * @return one for each built-in provider, and those for servers of one's own
	 */
	public static List<LlmDialect> all() {
		return Stream.concat(OpenAiLikeDialect.all().stream(),
				Stream.of(new AzureOpenAiDialect(), new AzureFoundryDialect(), new AnthropicDialect(),
						new GeminiDialect(), new VertexDialect(), new BedrockDialect(), new CohereDialect(),
						new HuggingFaceDialect(), new OllamaDialect()))
			.toList();
	}

}
