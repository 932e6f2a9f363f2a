// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.dialect;

import java.util.ArrayList;
import java.util.List;

import io.github.llmbreaker.provider.LlmOperation;
import org.jspecify.annotations.Nullable;

/**
 * Tells operations by how a path ends, so that it does not matter where an API is
 * mounted.
 */
final class PathTable {

	private final List<String> suffixes = new ArrayList<>();

	private final List<LlmOperation> operations = new ArrayList<>();

	/** Adds a suffix whose body names the model; of two that fit, the first wins. */
	PathTable add(String suffix, String endpoint) {
		return add(suffix, new LlmOperation(endpoint, null, true));
	}

	/** Adds a suffix of requests that name no model. */
	PathTable addWithoutModel(String suffix, String endpoint) {
		return add(suffix, new LlmOperation(endpoint, null, false));
	}

	/** Adds a suffix of requests for what is fetched later: they are no inference. */
	PathTable addUnknown(String suffix) {
		return add(suffix, LlmOperation.UNKNOWN);
	}

	private PathTable add(String suffix, LlmOperation operation) {
		this.suffixes.add(suffix);
		this.operations.add(operation);
		return this;
	}

	/** Finds the operation of a raw path, {@code null} if no suffix fits. */
	@Nullable LlmOperation find(String path) {
		String end = withoutSlash(path);
		for (int i = 0; i < this.suffixes.size(); i++) {
			if (end.endsWith(this.suffixes.get(i))) {
				return this.operations.get(i);
			}
		}
		return null;
	}

	static String withoutSlash(String path) {
		int end = path.length();
		while (end > 1 && path.charAt(end - 1) == '/') {
			end--;
		}
		return path.substring(0, end);
	}

}
