/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.llmbreaker.provider;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import io.github.llmbreaker.CallOutcome;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps the page about outcomes true; {@code -Ddocs.update=true} writes it anew.
 */
class OutcomesPageTests {

	private static final Path PAGE = Path.of("docs/outcomes.md");

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
		assertThat(LlmProviders.builtInDialects()).extracting(LlmDialect::id)
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
