// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.dialect;

import io.github.llmbreaker.provider.error.VendorErrors;
import io.github.llmbreaker.provider.stream.ApiEvents;
import org.jspecify.annotations.Nullable;

/**
 * IBM watsonx.ai, cloud.ibm.com/apidocs/watsonx-ai: the body names the model as
 * {@code model_id}, or the path a deployment of it.
 */
final class WatsonxDialect extends BuiltInDialect {

	private static final String DEPLOYMENTS = "/deployments/";

	WatsonxDialect() {
		super("watsonx", VendorErrors.openAi(), "*.ml.cloud.ibm.com/ml");
		path("/text/chat", "chat").path("/text/chat_stream", "chat")
			.path("/text/generation", "generate", ApiEvents.WATSONX)
			.path("/text/generation_stream", "generate")
			.path("/text/embeddings", "embed")
			.path("/text/rerank", "rerank")
			.modelInPath(WatsonxDialect::find);
	}

	private static ModelPaths.@Nullable Place find(String path) {
		int start = path.indexOf(DEPLOYMENTS) + DEPLOYMENTS.length();
		int end = (start >= DEPLOYMENTS.length()) ? path.indexOf("/text/", start) : -1;
		if (end <= start) {
			return null;
		}
		return new ModelPaths.Place(path.startsWith("/text/chat", end) ? "chat" : "generate", start, end);
	}

}
