// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.dialect;

import io.github.llmbreaker.provider.LlmOperation;

/**
 * Paths of Azure, where a deployment stands for the model.
 */
final class AzurePaths {

	private static final String DEPLOYMENTS = "/deployments/";

	private static final String GATEWAY = "/azure-openai/";

	private AzurePaths() {
	}

	static LlmOperation operation(String path) {
		LlmOperation operation = OpenAiPaths.operation(path);
		int start = deployment(path);
		if (start < 0 || LlmOperation.UNKNOWN.equals(operation)) {
			return operation;
		}
		String name = PathModels.decode(path.substring(start, PathModels.endOfSegment(path, start)));
		return new LlmOperation(operation.endpoint(), name, false);
	}

	static String pathFor(String path, String model) {
		int start = deployment(path);
		return (start < 0) ? path : PathModels.replace(path, start, PathModels.endOfSegment(path, start), model);
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
