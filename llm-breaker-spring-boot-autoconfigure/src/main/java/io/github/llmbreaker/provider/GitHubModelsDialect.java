// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.util.List;

/**
 * GitHub Models, with errors in the manner of Azure.
 */
final class GitHubModelsDialect extends BuiltInDialect {

	GitHubModelsDialect() {
		super("github-models", List.of("models.github.ai", "models.inference.ai.azure.com"),
				AzureErrors.rules().permissionsAreModels());
	}

	@Override
	public String basePath() {
		return "/inference";
	}

}
