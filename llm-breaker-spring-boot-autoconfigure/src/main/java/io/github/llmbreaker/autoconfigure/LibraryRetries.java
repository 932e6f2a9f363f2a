// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether libraries above HTTP clients repeat requests by themselves. Where
 * policies retry, each of their retries would be multiplied.
 */
final class LibraryRetries {

	private static final Logger logger = LoggerFactory.getLogger(LibraryRetries.class);

	private LibraryRetries() {
	}

	/**
	 * Whether those of the libraries are to be switched off.
	 * @param properties what is configured; {@code null} if nothing is guarded
	 */
	static boolean areReplaced(@Nullable LlmBreakerProperties properties) {
		return properties != null && !properties.keepLibraryRetries()
				&& Stream.concat(Stream.of(properties.defaults()), properties.policies().values().stream())
					.map(PolicyProperties::retry)
					.filter(Objects::nonNull)
					.anyMatch((retry) -> retry.maxRetries() != null && retry.maxRetries() > 0);
	}

	/**
	 * Says that they were.
	 * @param bean what belongs to the library
	 */
	static void removed(String bean) {
		logger.info("""
				The library's own retries of '{}' are switched off, because calls are retried by their policy. \
				Keep them with 'llm-breaker.keep-library-retries=true'.""", bean);
	}

}
