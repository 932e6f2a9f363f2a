// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.dialect;

import io.github.llmbreaker.provider.LlmOperation;
import org.jspecify.annotations.Nullable;

/**
 * The paths of the OpenAI API and of what others have added to it.
 */
final class OpenAiPaths {

	static final LlmOperation MODELS = new LlmOperation("models", null, false);

	private static final PathTable TABLE = new PathTable().addUnknown("/async/chat/completions")
		.add("/chat/completions", "chat.completions")
		.add("/fim/completions", "fim.completions")
		.add("/agents/completions", "agents.completions")
		.add("/completions", "completions")
		.add("/responses", "responses")
		.add("/embeddings", "embeddings")
		.add("/v1/messages", "messages")
		.add("/v1/messages/count_tokens", "messages.count_tokens")
		.add("/images/generations", "images.generations")
		.add("/images/edits", "images.edits")
		.add("/images/variations", "images.variations")
		.add("/audio/transcriptions", "audio.transcriptions")
		.add("/audio/translations", "audio.translations")
		.add("/audio/speech", "audio.speech")
		.add("/moderations", "moderations")
		.add("/rerank", "rerank")
		.add("/generate", "generate")
		.add("/generate_stream", "generate")
		.addWithoutModel("/models", "models");

	private OpenAiPaths() {
	}

	/** Finds the operation of a path, {@link LlmOperation#UNKNOWN} for any other. */
	static LlmOperation operation(String path) {
		LlmOperation operation = find(path);
		return (operation != null) ? operation : LlmOperation.UNKNOWN;
	}

	/** Finds the operation of a path, {@code null} for any other. */
	static @Nullable LlmOperation find(String path) {
		LlmOperation operation = TABLE.find(path);
		if (operation == null && path.contains("/models/")) {
			return MODELS;
		}
		return operation;
	}

}
