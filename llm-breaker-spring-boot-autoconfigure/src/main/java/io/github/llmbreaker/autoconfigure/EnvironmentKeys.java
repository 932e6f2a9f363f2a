// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Undoes what environment variables do to the keys of maps.
 */
final class EnvironmentKeys {

	private EnvironmentKeys() {
	}

	/**
	 * Drops the entries that exist only because a variable can't spell a hyphen:
	 * {@code LLMBREAKER_PROVIDERS_MYVLLM_APIKEY} sets the key of {@code my-vllm}, but
	 * looks like a {@code myvllm} as well.
	 * @param <T> the type of the values
	 * @param bound the map as it was bound; {@code null} if nothing was
	 * @return the entries in their order
	 */
	static <T> Map<String, T> merge(@Nullable Map<String, T> bound) {
		if (bound == null) {
			return Map.of();
		}
		Map<String, T> merged = new LinkedHashMap<>(bound);
		bound.keySet()
			.stream()
			.filter((key) -> key.contains("-"))
			.map((key) -> key.replace("-", ""))
			.collect(Collectors.toSet())
			.forEach(merged::remove);
		return merged;
	}

}
