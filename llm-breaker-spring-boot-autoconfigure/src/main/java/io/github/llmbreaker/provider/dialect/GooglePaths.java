// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.dialect;

import java.util.Map;

import io.github.llmbreaker.provider.LlmOperation;
import org.jspecify.annotations.Nullable;

/**
 * Paths of the form <code>.../models/{model}:{verb}</code>.
 */
final class GooglePaths {

	static final LlmOperation INTERACTIONS = new LlmOperation("interactions", null, true);

	private static final LlmOperation COUNT_TOKENS = new LlmOperation("count-tokens", null, true);

	private static final Map<String, String> VERBS = Map.ofEntries(Map.entry("generateContent", "generateContent"),
			Map.entry("streamGenerateContent", "generateContent"), Map.entry("countTokens", "countTokens"),
			Map.entry("computeTokens", "countTokens"), Map.entry("embedContent", "embedContent"),
			Map.entry("batchEmbedContents", "embedContent"), Map.entry("predict", "predict"),
			Map.entry("predictLongRunning", "predict"), Map.entry("serverStreamingPredict", "predict"),
			Map.entry("rawPredict", "rawPredict"), Map.entry("streamRawPredict", "rawPredict"));

	private GooglePaths() {
	}

	/** Reads a path that ends with a verb, {@code null} for any other. */
	static @Nullable LlmOperation verb(String path) {
		int colon = colon(path);
		String endpoint = (colon > 0) ? VERBS.get(PathTable.withoutSlash(path.substring(verbStart(path, colon))))
				: null;
		if (endpoint == null) {
			return null;
		}
		String model = PathModels.decode(path.substring(path.lastIndexOf('/', colon) + 1, colon));
		if (model.equals("count-tokens")) {
			// the path names a tool there
			return COUNT_TOKENS;
		}
		return new LlmOperation(endpoint, model, false);
	}

	/** The colon may be encoded. */
	private static int colon(String path) {
		int plain = path.lastIndexOf(':');
		int encoded = Math.max(path.lastIndexOf("%3A"), path.lastIndexOf("%3a"));
		int colon = Math.max(plain, encoded);
		return (colon > path.lastIndexOf('/', path.length() - 2)) ? colon : -1;
	}

	private static int verbStart(String path, int colon) {
		return (path.charAt(colon) == ':') ? colon + 1 : colon + 3;
	}

	/** Returns the path with another model, the same if it names none. */
	static String pathFor(String path, String model) {
		LlmOperation operation = verb(path);
		if (operation == null || operation.model() == null) {
			return path;
		}
		int colon = colon(path);
		return PathModels.replace(path, path.lastIndexOf('/', colon) + 1, colon, model);
	}

}
