// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.dialect;

import java.util.List;

import io.github.llmbreaker.provider.AuthHeader;
import io.github.llmbreaker.provider.LlmOperation;
import io.github.llmbreaker.provider.error.AzureErrors;

/**
 * Azure AI Foundry: models of many vendors, each with the API of its vendor.
 */
final class AzureFoundryDialect extends BuiltInDialect {

	AzureFoundryDialect() {
		super("azure-foundry", List.of("*.services.ai.azure.com"), AzureErrors.rules());
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
