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
