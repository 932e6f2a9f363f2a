// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.dialect;

import java.util.List;

import io.github.llmbreaker.provider.AuthHeader;
import io.github.llmbreaker.provider.LlmOperation;
import io.github.llmbreaker.provider.error.AzureErrors;

/**
 * Azure OpenAI: mostly the path names a deployment.
 */
final class AzureOpenAiDialect extends BuiltInDialect {

	AzureOpenAiDialect() {
		super("azure-openai", List.of("*.openai.azure.com", "*.cognitiveservices.azure.com", "*.openai.azure.us"),
				AzureErrors.rules());
	}

	@Override
	public LlmOperation operation(String path) {
		return AzurePaths.operation(path);
	}

	@Override
	public String pathFor(String path, String model) {
		return AzurePaths.pathFor(path, model);
	}

	@Override
	public AuthHeader authorize(String apiKey) {
		return new AuthHeader("api-key", apiKey);
	}

}
