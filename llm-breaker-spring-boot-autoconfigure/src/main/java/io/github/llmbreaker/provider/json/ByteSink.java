// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.json;

/**
 * Takes the bytes of something in slices, cut anywhere.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ByteSink {

	/** Reads the next slice of an array, which is neither kept nor changed. */
	void onBytes(byte[] bytes, int from, int to);

	/** Whether it knows enough, so that what follows may be left out. */
	default boolean isSated() {
		return false;
	}

}
