// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Guesses what was meant by a name that does not exist.
 *
 * @since 0.1.0
 */
public final class Spelling {

	private Spelling() {
	}

	/**
	 * Returns the name that was probably meant.
	 * @param written the name that does not exist
	 * @param known the names that do
	 * @return the one that differs in few letters, or that the written one is a part of
	 */
	public static Optional<String> correct(String written, Collection<String> known) {
		return known.stream()
			.min(Comparator.comparingInt((candidate) -> distance(written, candidate)))
			.filter((candidate) -> distance(written, candidate) <= 1 + written.length() / 4)
			.or(() -> known.stream()
				.filter((candidate) -> written.length() > 2 && Arrays.asList(candidate.split("-")).contains(written))
				.min(Comparator.comparingInt(String::length)));
	}

	/**
	 * Returns how many letters must be inserted, removed or replaced.
	 */
	private static int distance(String one, String other) {
		int[] row = new int[other.length() + 1];
		Arrays.setAll(row, (i) -> i);
		for (int i = 1; i <= one.length(); i++) {
			int diagonal = row[0];
			row[0] = i;
			for (int j = 1; j <= other.length(); j++) {
				int replaced = diagonal + ((one.charAt(i - 1) == other.charAt(j - 1)) ? 0 : 1);
				diagonal = row[j];
				row[j] = Math.min(replaced, Math.min(row[j - 1], row[j]) + 1);
			}
		}
		return row[other.length()];
	}

}
