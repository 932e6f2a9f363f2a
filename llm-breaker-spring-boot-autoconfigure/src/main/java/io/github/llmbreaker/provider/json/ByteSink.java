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

	/**
	 * Reads the next slice.
	 * @param bytes the array that holds it; not kept and not changed
	 * @param from the first index
	 * @param to the index after the last
	 */
	void onBytes(byte[] bytes, int from, int to);

	/**
	 * Whether it knows enough, so that what follows may be left out.
	 * @return whether nothing that follows matters
	 */
	default boolean isSated() {
		return false;
	}

}
