// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.dialect;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Paths of the form <code>.../models/{model}:{verb}</code>; the colon may be encoded.
 */
final class GooglePaths implements ModelPaths {

	private static final Map<String, String> VERBS = Map.ofEntries(Map.entry("generateContent", "generateContent"),
			Map.entry("streamGenerateContent", "generateContent"), Map.entry("countTokens", "countTokens"),
			Map.entry("computeTokens", "countTokens"), Map.entry("embedContent", "embedContent"),
			Map.entry("batchEmbedContents", "embedContent"), Map.entry("predict", "predict"),
			Map.entry("predictLongRunning", "predict"), Map.entry("serverStreamingPredict", "predict"),
			Map.entry("rawPredict", "rawPredict"), Map.entry("streamRawPredict", "rawPredict"));

	/** Stands where the model does, but is none. */
	private static final String TOOL = "count-tokens";

	@Override
	public @Nullable Place find(String path) {
		int colon = Math.max(path.lastIndexOf(':'), Math.max(path.lastIndexOf("%3A"), path.lastIndexOf("%3a")));
		if (colon <= 0 || colon < path.lastIndexOf('/', path.length() - 2)) {
			return null;
		}
		int verb = colon + ((path.charAt(colon) == ':') ? 1 : 3);
		String endpoint = VERBS.get(PathTable.withoutSlash(path.substring(verb)));
		int model = path.lastIndexOf('/', colon) + 1;
		return (endpoint != null && !path.substring(model, colon).equals(TOOL)) ? new Place(endpoint, model, colon)
				: null;
	}

}
