// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.json;

import java.util.Arrays;

/**
 * The places of a JSON document that a {@link JsonSkimmer} watches, such as
 * {@code error.code} or {@code choices[*].finish_reason}. Declared once, in the static
 * initialiser of the class that uses them, and not changed after that.
 *
 * @since 0.1.0
 */
public final class JsonPaths {

	private final PathNode root = new PathNode();

	private int[] limits = {};

	private boolean[] repeated = {};

	private int depth = 1;

	/**
	 * Watches whether there is something at a path.
	 * @param path member names separated by dots, {@code [*]} for every element of an
	 * array; empty for the document itself
	 * @return the number by which the skimmer knows this field
	 */
	public int watch(String path) {
		return capture(path, 0);
	}

	/**
	 * Watches a path and keeps the string, number or literal that stands there.
	 * @param path the path
	 * @param limit how many bytes of it to keep at most
	 * @return the number by which the skimmer knows this field
	 */
	public int capture(String path, int limit) {
		PathNode node = this.root;
		int level = 1;
		for (String step : path.replace("[*]", ".[*]").split("\\.")) {
			if (!step.isEmpty()) {
				node = node.childOrNew(step);
				level++;
			}
		}
		if (node.field >= 0) {
			throw new IllegalArgumentException("'%s' is declared twice".formatted(path));
		}
		int field = size();
		node.field = field;
		this.limits = Arrays.copyOf(this.limits, field + 1);
		this.limits[field] = limit;
		this.repeated = Arrays.copyOf(this.repeated, field + 1);
		this.depth = Math.max(this.depth, level);
		return field;
	}

	/**
	 * Watches a path and keeps all strings, numbers and literals that stand there,
	 * separated by blanks.
	 * @param path the path
	 * @param limit how many bytes to keep at most
	 * @return the number by which the skimmer knows this field
	 */
	public int captureAll(String path, int limit) {
		int field = capture(path, limit);
		this.repeated[field] = true;
		return field;
	}

	boolean isRepeated(int field) {
		return this.repeated[field];
	}

	PathNode root() {
		return this.root;
	}

	int depth() {
		return this.depth;
	}

	int size() {
		return this.limits.length;
	}

	int limit(int field) {
		return this.limits[field];
	}

}
