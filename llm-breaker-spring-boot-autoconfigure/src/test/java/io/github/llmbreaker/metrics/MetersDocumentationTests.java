// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the documentation says which meters there are.
 */
class MetersDocumentationTests {

	private static final Path PAGE = Path.of("..", "docs", "operations.md");

	private static final Pattern SECTION = Pattern.compile("(<!-- meters:start -->\n)(.*?)(<!-- meters:end -->)",
			Pattern.DOTALL);

	@Test
	void tableIsUpToDate() throws IOException {
		String page = Files.readString(PAGE);
		Matcher matcher = SECTION.matcher(page);
		assertThat(matcher.find()).as("docs/operations.md has a section 'meters'").isTrue();
		if (Boolean.getBoolean("docs.update")) {
			Files.writeString(PAGE, matcher.replaceFirst("$1" + Matcher.quoteReplacement(table()) + "$3"));
			return;
		}
		assertThat(matcher.group(2)).as("Run this test with -Ddocs.update=true and commit docs/operations.md")
			.isEqualTo(table());
	}

	private static String table() {
		return "\n| meter | in Prometheus | type | tags | what |\n| --- | --- | --- | --- | --- |\n"
				+ Arrays.stream(BreakerMeters.values())
					.map(MetersDocumentationTests::row)
					.collect(Collectors.joining("\n", "", "\n"))
				+ "| `%s` | `%s` | gauge |  | %s |\n\n".formatted(FleetMeters.CONNECTED,
						FleetMeters.CONNECTED.replace('.', '_'), FleetMeters.CONNECTED_DESCRIPTION);
	}

	private static String row(BreakerMeters meter) {
		String tags = meter.tags().stream().map((tag) -> "`" + tag + "`").collect(Collectors.joining(", "));
		return "| `%s` | `%s` | %s | %s | %s |".formatted(meter.meterName(), prometheusName(meter),
				meter.type().name().toLowerCase(Locale.ROOT), tags, meter.description());
	}

	private static String prometheusName(BreakerMeters meter) {
		String name = meter.meterName().replace('.', '_');
		return switch (meter.type()) {
			case COUNTER -> name + "_total";
			case TIMER -> name + "_seconds";
			default -> name;
		};
	}

}
