// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The README and its blocks of code.
 */
final class Readme {

	static final Path FILE = Path.of("../../README.md");

	private Readme() {
	}

	static List<String> lines() {
		try {
			return Files.readAllLines(FILE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Block firstBlock(String language) {
		return blocks(language).get(0);
	}

	static List<Block> blocks(String language) {
		List<Block> blocks = new ArrayList<>();
		List<String> lines = lines();
		for (int start = 0; start < lines.size(); start++) {
			if (lines.get(start).equals("```" + language)) {
				List<String> block = lines.subList(start + 1, lines.size())
					.stream()
					.takeWhile((line) -> !line.equals("```"))
					.toList();
				int end = start + block.size() + 1;
				blocks.add(new Block(block.stream().collect(Collectors.joining("\n", "", "\n")), start + 1, end + 1));
			}
		}
		return blocks;
	}

	/**
	 * A block of code.
	 *
	 * @param text what is between the fences
	 * @param firstLine the number of the opening fence's line
	 * @param lastLine the number of the closing fence's line
	 */
	record Block(String text, int firstLine, int lastLine) {

		@Override
		public String toString() {
			return "lines " + this.firstLine + " to " + this.lastLine;
		}

	}

}
