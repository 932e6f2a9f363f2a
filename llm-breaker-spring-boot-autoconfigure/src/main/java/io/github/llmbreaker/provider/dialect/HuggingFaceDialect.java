// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.dialect;

import java.util.List;

import io.github.llmbreaker.provider.LlmOperation;
import io.github.llmbreaker.provider.error.ErrorFacts;
import io.github.llmbreaker.provider.error.ErrorRules;
import io.github.llmbreaker.provider.error.OpenAiErrors;
import io.github.llmbreaker.provider.error.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Hugging Face: its router, the older serverless API and dedicated endpoints.
 */
final class HuggingFaceDialect extends BuiltInDialect {

	private static final List<String> MODELS = List.of("/hf-inference/models/", "/models/");

	private static final String PIPELINE = "/pipeline/";

	private static final PathTable PATHS = new PathTable().add("/embed", "embed");

	private static final LlmOperation ROOT = new LlmOperation("text-generation", null, false);

	HuggingFaceDialect() {
		super("huggingface",
				List.of("router.huggingface.co", "api-inference.huggingface.co", "*.endpoints.huggingface.cloud"),
				new ErrorRules().first(HuggingFaceDialect::first)
					.codes(Verdict.SERVER_ERROR, "generation", "incomplete_generation"));
	}

	private static @Nullable Verdict first(ErrorFacts facts) {
		return (facts.status() == 403 && facts.says("inference providers")) ? Verdict.PERMISSION_ALL
				: OpenAiErrors.first(facts);
	}

	@Override
	public LlmOperation operation(String path) {
		int start = model(path);
		if (start < 0) {
			LlmOperation operation = PATHS.find(path);
			operation = (operation != null) ? operation : OpenAiPaths.operation(path);
			return path.equals("/") ? ROOT : operation;
		}
		String model = PathModels.decode(path.substring(start, endOfModel(path, start)));
		LlmOperation api = OpenAiPaths.find(path.substring(endOfModel(path, start)));
		return new LlmOperation((api != null) ? api.endpoint() : "text-generation", model, false);
	}

	/** Returns where a model of the form owner/name starts, -1 without one. */
	private static int model(String path) {
		for (String prefix : MODELS) {
			if (path.startsWith(prefix) && path.length() > prefix.length()) {
				return prefix.length();
			}
		}
		return -1;
	}

	private static int endOfModel(String path, int start) {
		int pipeline = path.indexOf(PIPELINE, start);
		int version = path.indexOf("/v1/", start);
		if (pipeline > 0 || version > 0) {
			return Math.max(pipeline, version);
		}
		return Math.max(start, PathTable.withoutSlash(path).length());
	}

	@Override
	public String pathFor(String path, String model) {
		int start = model(path);
		return (start < 0) ? path : path.substring(0, start) + PathModels.encode(model).replace("%2F", "/")
				+ path.substring(endOfModel(path, start));
	}

}
