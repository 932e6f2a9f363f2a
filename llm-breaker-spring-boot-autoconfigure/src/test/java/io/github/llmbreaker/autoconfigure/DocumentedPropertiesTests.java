// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the tables of properties in the documentation against the code. With
 * {@code -Ddocs.update=true} it writes them instead.
 */
class DocumentedPropertiesTests {

	private static final Path PAGE = Path.of("../docs/configuration.md");

	private static final Path SOURCES = Path.of("src/main/java/io/github/llmbreaker/autoconfigure");

	private static final String START = "<!-- properties:start -->\n";

	private static final String END = "<!-- properties:end -->\n";

	private final ConfigurationMetadata metadata = new ConfigurationMetadata();

	@Test
	void pageHasEveryProperty() throws IOException {
		String page = Files.readString(PAGE);
		assertThat(page).containsOnlyOnce(START).containsOnlyOnce(END);
		int from = page.indexOf(START) + START.length();
		int to = page.indexOf(END);
		if (Boolean.getBoolean("docs.update")) {
			Files.writeString(PAGE, page.substring(0, from) + tables() + page.substring(to));
			return;
		}
		assertThat(page.substring(from, to))
			.as("If the properties are as meant, run this test with -Ddocs.update=true and commit docs/configuration.md")
			.isEqualTo(tables());
	}

	private String tables() throws IOException {
		List<String> lines = new ArrayList<>();
		Predicate<String> defaults = (name) -> name.startsWith("llm-breaker.defaults.");
		Predicate<String> providerDefaults = (name) -> name.startsWith("llm-breaker.provider-defaults.");
		Predicate<String> maps = (name) -> name.matches("llm-breaker\\.(policies|providers)");
		table(lines, null, defaults.or(providerDefaults).or(maps).negate());
		table(lines, "The policy of every model's breaker, and of the calls to it:", defaults);
		table(lines, "The policy of every provider's breaker:", providerDefaults);
		lines.add("Policies for some models, and providers, each by a name:");
		header(lines);
		entries(lines, "policies.*.", PolicyProperties.class, List.of("models", "endpoints"));
		row(lines, "llm-breaker.policies.*.…", "", null, "Every key of `llm-breaker.defaults`.");
		entries(lines, "providers.*.", ProviderProperties.class, List.of("dialect", "baseUrls", "apiKey", "headers"));
		row(lines, "llm-breaker.providers.*.breaker.…", "", null, "Every key of `llm-breaker.provider-defaults`.");
		lines.add("");
		return lines.stream().map((line) -> line + "\n").collect(Collectors.joining());
	}

	private void table(List<String> lines, @Nullable String title, Predicate<String> selected) {
		if (title != null) {
			lines.add(title);
		}
		header(lines);
		this.metadata.ownProperties()
			.filter((property) -> selected.test(property.name()))
			.forEach((property) -> row(lines, property.name(), type(property.type()), property.defaultValue(),
					property.description()));
		lines.add("");
	}

	private static void header(List<String> lines) {
		lines.add("");
		lines.add("| property | type | default | meaning |");
		lines.add("| --- | --- | --- | --- |");
	}

	private static void row(List<String> lines, String name, String type, @Nullable String value, String meaning) {
		String defaultValue = (value != null) ? "`" + value.replace(",", ", ") + "`" : "";
		lines.add("| `%s` | %s | %s | %s |".formatted(name, type, defaultValue, meaning));
	}

	private static void entries(List<String> lines, String prefix, Class<?> owner, List<String> names)
			throws IOException {
		String source = Files.readString(SOURCES.resolve(owner.getSimpleName() + ".java"));
		for (String name : names) {
			Class<?> type = Arrays.stream(owner.getRecordComponents())
				.filter((component) -> component.getName().equals(name))
				.findFirst()
				.orElseThrow()
				.getType();
			Matcher description = Pattern.compile("@param " + name + " ([^@]*?)(?=\\n \\* @|\\n \\*/)").matcher(source);
			assertThat(description.find()).as(name).isTrue();
			row(lines, "llm-breaker." + prefix + DataObjectPropertyName.toDashedForm(name), type(type.getName()), null,
					description.group(1).replace("\n *", ""));
		}
	}

	private static String type(String type) {
		return switch (type.replaceFirst("<.*", "")) {
			case "java.time.Duration" -> "duration";
			case "java.lang.Boolean" -> "boolean";
			case "java.lang.Integer" -> "integer";
			case "java.lang.Double" -> "number";
			case "java.lang.String" -> "text";
			case "java.util.List" -> "list";
			case "java.util.Map" -> "map";
			case "java.util.Set" -> type.contains("BreakerState") ? "list of states" : "list of kinds";
			default -> constants(ClassUtils.resolveClassName(type, null));
		};
	}

	private static String constants(Class<?> type) {
		assertThat(type.isEnum()).as("%s is a type that users know", type).isTrue();
		return Arrays.stream(type.getEnumConstants())
			.map((constant) -> "`" + constant.toString().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
			.collect(Collectors.joining(", "));
	}

}
