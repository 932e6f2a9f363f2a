// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A table whose first column is text and whose others are figures.
 */
final class MarkdownTable {

	private final List<String> lines = new ArrayList<>();

	MarkdownTable(List<String> head) {
		row(head);
		List<String> rule = new ArrayList<>(Collections.nCopies(head.size(), "---:"));
		rule.set(0, "---");
		row(rule);
	}

	MarkdownTable row(List<String> cells) {
		this.lines.add("| " + String.join(" | ", cells) + " |");
		return this;
	}

	MarkdownTable row(String... cells) {
		return row(Arrays.asList(cells));
	}

	@Override
	public String toString() {
		return String.join("\n", this.lines) + "\n";
	}

}
