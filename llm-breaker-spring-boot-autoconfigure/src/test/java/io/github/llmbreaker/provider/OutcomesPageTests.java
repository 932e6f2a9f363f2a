// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.provider.dialect.BuiltInDialects;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps the page about outcomes true; {@code -Ddocs.update=true} writes it anew.
 */
class OutcomesPageTests {

	private static final Path PAGE = Path.of("../docs/outcomes.md");

	private static final String START = "<!-- answers -->\n";

	private static final String END = "<!-- /answers -->";

	@Test
	void pageSaysWhatTheDialectsSay() throws IOException {
		String page = Files.readString(PAGE);
		String expected = page.substring(0, page.indexOf(START) + START.length()) + tables()
				+ page.substring(page.indexOf(END));
		if (Boolean.getBoolean("docs.update")) {
			Files.writeString(PAGE, expected);
			return;
		}
		assertThat(page).as("run with -Ddocs.update=true to write it anew").isEqualTo(expected);
	}

	@Test
	void pageNamesEveryDialect() {
		assertThat(BuiltInDialects.all()).extracting(LlmDialect::id)
			.allSatisfy((id) -> assertThat(tables()).contains("### `" + id + "`"));
	}

	private static String tables() {
		Map<String, StringBuilder> tables = new TreeMap<>();
		for (SampleAnswer answer : SampleAnswer.all()) {
			if (answer.doc() != null) {
				tables.computeIfAbsent(answer.dialect().id(), OutcomesPageTests::header).append(row(answer));
			}
		}
		return String.join("", tables.values());
	}

	private static StringBuilder header(String id) {
		return new StringBuilder("\n### `%s`\n\n| Answer | Outcome | About |\n| --- | --- | --- |\n".formatted(id));
	}

	private static String row(SampleAnswer answer) {
		CallOutcome outcome = answer.judge(1024);
		String about = switch (outcome.scope()) {
			case MODEL -> "model";
			case PROVIDER -> "provider";
			case NONE -> "-";
		};
		return "| %s | `%s` | %s |\n".formatted(answer.doc(), outcome.kind(), about);
	}

}
