// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The README, the pages below {@code docs}, and their blocks of code.
 */
final class Pages {

	static final Path README = Path.of("../../README.md");

	private Pages() {
	}

	static List<Path> all() {
		try (Stream<Path> pages = Files.list(README.resolveSibling("docs"))) {
			return Stream.concat(Stream.of(README), pages.filter((page) -> page.toString().endsWith(".md")).sorted())
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static List<String> lines(Path page) {
		try {
			return Files.readAllLines(page);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The anchors of a page's headings, as GitHub names them.
	 */
	static Set<String> anchors(Path page) {
		return lines(page).stream()
			.filter((line) -> line.startsWith("#"))
			.map((line) -> line.replaceAll("^#+ ", "").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", ""))
			.map((anchor) -> anchor.replace(' ', '-'))
			.collect(Collectors.toSet());
	}

	/**
	 * The first block of code of the README in that language.
	 */
	static Block firstBlock(String language) {
		return blocks(README, language).get(0);
	}

	/**
	 * All blocks of code in that language, page by page.
	 */
	static List<Block> blocks(String language) {
		return all().stream().flatMap((page) -> blocks(page, language).stream()).toList();
	}

	private static List<Block> blocks(Path page, String language) {
		List<Block> blocks = new ArrayList<>();
		List<String> lines = lines(page);
		for (int start = 0; start < lines.size(); start++) {
			if (lines.get(start).strip().equals("```" + language)) {
				List<String> block = lines.subList(start + 1, lines.size())
					.stream()
					.takeWhile((line) -> !line.strip().equals("```"))
					.toList();
				int end = start + block.size() + 1;
				blocks.add(new Block(page.getFileName().toString(),
						block.stream().collect(Collectors.joining("\n", "", "\n")), start + 1, end + 1));
			}
		}
		return blocks;
	}

	/**
	 * A block of code.
	 *
	 * @param page the name of its page
	 * @param text what is between the fences
	 * @param firstLine the number of the opening fence's line
	 * @param lastLine the number of the closing fence's line
	 */
	record Block(String page, String text, int firstLine, int lastLine) {

		@Override
		public String toString() {
			return this.page + ", lines " + this.firstLine + " to " + this.lastLine;
		}

	}

}
