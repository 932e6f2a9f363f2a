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
 * Anthropic.
 */
final class AnthropicDialect extends BuiltInDialect {

	private static final PathTable PATHS = new PathTable().add("/messages", "messages")
		.add("/messages/count_tokens", "messages.count_tokens")
		.add("/v1/complete", "completions");

	AnthropicDialect() {
		super("anthropic", List.of("api.anthropic.com"), AnthropicErrors.rules());
	}

	@Override
	public LlmOperation operation(String path) {
		LlmOperation operation = PATHS.find(path);
		return (operation != null) ? operation : OpenAiPaths.operation(path);
	}

	@Override
	public AuthHeader authorize(String apiKey) {
		return new AuthHeader("x-api-key", apiKey);
	}

}
