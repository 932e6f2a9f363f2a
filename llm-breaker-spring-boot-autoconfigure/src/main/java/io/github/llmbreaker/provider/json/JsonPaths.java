// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

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
	 * @return the number of the field
	 */
	public int watch(String path) {
		return capture(path, 0);
	}

	/**
	 * Watches a path and keeps the string, number or literal that stands there, up to a
	 * number of bytes.
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

	/** The same for all that stand there, separated by blanks. */
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

	/**
	 * One step of the watched paths: which members below it matter.
	 */
	static final class PathNode {

		private static final int BUCKETS = 64;

		/** The field that stands here, or -1. */
		int field = -1;

		/** What every element of an array here is, if that matters. */
		@Nullable PathNode element;

		/** The names of n bytes (mod 64), and what they lead to in the same order. */
		private byte[][][] names = {};

		private PathNode[][] members = {};

		/** Bit n: there is a name of n bytes (mod 64). */
		private long lengths;

		PathNode childOrNew(String step) {
			if (step.equals("[*]")) {
				PathNode child = (this.element != null) ? this.element : new PathNode();
				this.element = child;
				return child;
			}
			byte[] name = step.getBytes(StandardCharsets.UTF_8);
			PathNode child = member(name, 0, name.length);
			if (child == null) {
				child = new PathNode();
				add(name, child);
			}
			return child;
		}

		private void add(byte[] name, PathNode child) {
			if (this.lengths == 0) {
				this.names = new byte[BUCKETS][0][];
				this.members = new PathNode[BUCKETS][0];
			}
			int bucket = name.length % BUCKETS;
			int count = this.names[bucket].length;
			this.names[bucket] = Arrays.copyOf(this.names[bucket], count + 1);
			this.members[bucket] = Arrays.copyOf(this.members[bucket], count + 1);
			this.names[bucket][count] = name;
			this.members[bucket][count] = child;
			this.lengths |= 1L << bucket;
		}

		/** Finds a member by its name, {@code null} if it does not matter. */
		@Nullable PathNode member(byte[] bytes, int from, int to) {
			int length = to - from;
			if ((this.lengths >>> length & 1) == 0) {
				return null;
			}
			byte[][] known = this.names[length % BUCKETS];
			for (int i = 0; i < known.length; i++) {
				byte[] name = known[i];
				if (name.length == length && name[0] == bytes[from]
						&& Arrays.equals(name, 0, length, bytes, from, to)) {
					return this.members[length % BUCKETS][i];
				}
			}
			return null;
		}

	}

}
