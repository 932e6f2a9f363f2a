// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.dialect;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import io.github.llmbreaker.provider.LlmOperation;
import org.jspecify.annotations.Nullable;

/**
 * The paths of an API that name the model.
 */
@FunctionalInterface
interface ModelPaths {

	/** Characters besides letters and digits that need no encoding. */
	String UNRESERVED = "-._~@";

	/**
	 * Finds the model.
	 * @param path the raw path
	 * @return where it is, {@code null} for all other paths
	 */
	@Nullable Place find(String path);

	/** Percent-encodes a name so that it is one segment of a path. */
	default String encode(String model) {
		StringBuilder encoded = new StringBuilder(model.length() + 8);
		for (byte b : model.getBytes(StandardCharsets.UTF_8)) {
			char c = (char) (b & 0xFF);
			boolean plain = (c < 0x80) && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0);
			if (plain) {
				encoded.append(c);
			}
			else {
				encoded.append('%').append("%02x".formatted((int) c).toUpperCase(Locale.ROOT));
			}
		}
		return encoded.toString();
	}

	/**
	 * Undoes percent-encoding; a plus is a plus. What can't be decoded stays as it is.
	 */
	static String decode(String segment) {
		if (segment.indexOf('%') < 0) {
			return segment;
		}
		try {
			return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
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
