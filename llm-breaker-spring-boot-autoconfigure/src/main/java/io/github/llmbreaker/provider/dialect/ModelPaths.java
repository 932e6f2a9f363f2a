// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.dialect;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import io.github.llmbreaker.provider.LlmOperation;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * The paths of an API that name the model.
 */
@FunctionalInterface
interface ModelPaths {

	/** Finds the model in a raw path, {@code null} where there is none. */
	@Nullable Place find(String path);

	/** The name stands between two parts of a path, the latter at its end. */
	static ModelPaths between(String before, String after, String endpoint) {
		return (path) -> {
			String plain = PathTable.withoutSlash(path);
			int start = plain.indexOf(before) + before.length();
			int end = plain.length() - after.length();
			boolean found = start >= before.length() && end > start && plain.endsWith(after);
			return found ? new Place(endpoint, start, end) : null;
		};
	}

	/** Other paths name the model, too. */
	default ModelPaths or(ModelPaths others) {
		return (path) -> {
			Place place = find(path);
			return (place != null) ? place : others.find(path);
		};
	}

	/** Percent-encodes a name so that it is one segment of a path. */
	default String encode(String model) {
		return URLEncoder.encode(model, StandardCharsets.UTF_8)
			.replace("+", "%20")
			.replace("*", "%2A")
			.replace("%7E", "~")
			.replace("%40", "@");
	}

	/** Undoes percent-encoding. What can't be decoded stays as it is. */
	static String decode(String segment) {
		try {
			return StringUtils.uriDecode(segment, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return segment;
		}
	}

	/**
	 * What a path asks for.
	 *
	 * @param endpoint the canonical endpoint name
	 * @param from where the name of the model starts
	 * @param to where it ends
	 */
	record Place(String endpoint, int from, int to) {

		LlmOperation operation(String path) {
			return this.endpoint.equals(LlmOperation.UNKNOWN.endpoint()) ? LlmOperation.UNKNOWN
					: new LlmOperation(this.endpoint, decode(path.substring(this.from, this.to)), false);
		}

		String replace(String path, String encoded) {
			return path.substring(0, this.from) + encoded + path.substring(this.to);
		}

	}

}
