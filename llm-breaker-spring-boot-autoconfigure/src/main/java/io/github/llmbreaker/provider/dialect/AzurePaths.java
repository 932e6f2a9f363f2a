// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.dialect;

import org.jspecify.annotations.Nullable;

/**
 * Paths of Azure, where a deployment stands for the model.
 */
final class AzurePaths implements ModelPaths {

	private static final String DEPLOYMENTS = "/deployments/";

	private static final String GATEWAY = "/azure-openai/";

	@Override
	public @Nullable Place find(String path) {
		int start = deployment(path);
		if (start < 0) {
			return null;
		}
		int end = path.indexOf('/', start);
		return new Place(OpenAiPaths.operation(path).endpoint(), start, (end < 0) ? path.length() : end);
	}

	/** Returns where the name of the deployment starts, -1 without one. */
	private static int deployment(String path) {
		int at = path.indexOf(DEPLOYMENTS);
		if (at >= 0) {
			return at + DEPLOYMENTS.length();
		}
		// behind a gateway: /azure-openai/{resource}/{deployment}/...
		at = path.indexOf(GATEWAY);
		int slash = (at >= 0) ? path.indexOf('/', at + GATEWAY.length()) : -1;
		return (slash < 0 || path.startsWith("/openai/", slash)) ? -1 : slash + 1;
	}

}
