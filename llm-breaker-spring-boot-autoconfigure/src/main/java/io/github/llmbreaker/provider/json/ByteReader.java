// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.json;

/**
 * Reads slices until it knows enough.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ByteReader {

	/**
	 * Reads the next slice.
	 * @param bytes the array that holds it; not kept and not changed
	 * @param from the first index
	 * @param to the index after the last
	 * @return whether more is needed
	 */
	boolean read(byte[] bytes, int from, int to);

}
