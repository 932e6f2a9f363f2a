// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.dialect;

import java.util.List;

import io.github.llmbreaker.provider.LlmOperation;
import io.github.llmbreaker.provider.error.GoogleErrors;

/**
 * Google's Vertex AI: Google's own models and those of other publishers.
 */
final class VertexDialect extends BuiltInDialect {

	VertexDialect() {
		super("google-vertex",
				List.of("aiplatform.googleapis.com", "*-aiplatform.googleapis.com", "aiplatform.*.rep.googleapis.com"),
				GoogleErrors.rules());
	}

	@Override
	public LlmOperation operation(String path) {
		LlmOperation verb = GooglePaths.verb(path);
		return (verb != null) ? verb : OpenAiPaths.operation(path);
	}

	@Override
	public String pathFor(String path, String model) {
		return GooglePaths.pathFor(path, model);
	}

}
