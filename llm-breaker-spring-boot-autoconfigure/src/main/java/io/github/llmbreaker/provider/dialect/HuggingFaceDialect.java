// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.dialect;

import java.util.List;

import io.github.llmbreaker.provider.LlmOperation;
import io.github.llmbreaker.provider.error.ErrorTable;
import io.github.llmbreaker.provider.error.VendorErrors;
import io.github.llmbreaker.provider.error.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Hugging Face: its router, the older serverless API and dedicated endpoints.
 */
final class HuggingFaceDialect extends BuiltInDialect {

	HuggingFaceDialect() {
		super("huggingface", VendorErrors
			.openAi(new ErrorTable().at(403)
				.when(Verdict.PERMISSION_ALL, (facts) -> facts.says("inference providers") && !facts.says("credits")))
			.codes(Verdict.SERVER_ERROR, "generation", "incomplete_generation"), "router.huggingface.co",
				"api-inference.huggingface.co", "*.endpoints.huggingface.cloud");
		path("/embed", "embed").pathWithoutModel("/", "text-generation").modelInPath(new Paths());
	}

	/**
	 * Paths with a model of the form owner/name.
	 */
	private static final class Paths implements ModelPaths {

		private static final List<String> MODELS = List.of("/hf-inference/models/", "/models/");

		private static final String PIPELINE = "/pipeline/";

		@Override
		public @Nullable Place find(String path) {
			for (String prefix : MODELS) {
				if (path.startsWith(prefix) && path.length() > prefix.length()) {
					int end = end(path, prefix.length());
					LlmOperation api = OpenAiPaths.find(path.substring(end));
					return new Place((api != null) ? api.endpoint() : "text-generation", prefix.length(), end);
				}
			}
			return null;
		}

		private static int end(String path, int start) {
			int end = Math.max(path.indexOf(PIPELINE, start), path.indexOf("/v1/", start));
			return (end > 0) ? end : Math.max(start, PathTable.withoutSlash(path).length());
		}

		@Override
		public String encode(String model) {
			return ModelPaths.super.encode(model).replace("%2F", "/");
		}

	}

}
