// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.readme;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.llmbreaker.autoconfigure.LlmBreakerAutoConfiguration;
import io.github.llmbreaker.samples.readme.Readme.Block;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;

import static org.assertj.core.api.Assertions.assertThat;

class ReadmeTests {

	private static final Pattern LINK = Pattern.compile("\\[[^\\]]+]\\(([^)]+)\\)");

	@Test
	void firstScreenSaysItAll() {
		assertThat(Readme.firstBlock("xml").text()).contains("llm-breaker-spring-boot-starter");
		assertThat(Readme.firstBlock("xml").lastLine()).isLessThanOrEqualTo(25);
		assertThat(Readme.firstBlock("yaml").lastLine()).isLessThanOrEqualTo(40);
		assertThat(Readme.firstBlock("text").lastLine()).isLessThanOrEqualTo(60);
		assertThat(Readme.firstBlock("json").lastLine()).isLessThanOrEqualTo(60);
	}

	@Test
	void firstYamlIsTheOneOfTheSample() throws IOException {
		assertThat(new ClassPathResource("application.yml").getContentAsString(StandardCharsets.UTF_8))
			.startsWith(Readme.firstBlock("yaml").text());
	}

	@ParameterizedTest
	@MethodSource("yamlBlocks")
	void yamlStartsAnApplication(Block yaml) {
		Resource resource = new ByteArrayResource(yaml.text().getBytes(StandardCharsets.UTF_8));
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(LlmBreakerAutoConfiguration.class))
			.withInitializer((context) -> addProperties(context, resource))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	static List<Block> yamlBlocks() {
		return Readme.blocks("yaml");
	}

	@ParameterizedTest
	@MethodSource("javaBlocks")
	void javaCompiles(Block java) throws IOException {
		String compiled = Files
			.readString(Path.of("src/test/java/io/github/llmbreaker/samples/readme/ReadmeSnippets.java"))
				+ Files.readString(Path
					.of("../../llm-breaker-spring-boot-autoconfigure/src/test/java/io/github/llmbreaker/ReadmeExamples.java"));
		assertThat(compiled.replaceAll("\\s+", "")).contains(java.text().replaceAll("\\s+", ""));
	}

	static List<Block> javaBlocks() {
		return Readme.blocks("java");
	}

	@Test
	void linksLeadSomewhere() {
		List<String> lines = Readme.lines();
		Set<String> anchors = lines.stream()
			.filter((line) -> line.startsWith("#"))
			.map((line) -> "#" + line.replaceAll("^#+ ", "").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", ""))
			.map((anchor) -> anchor.replace(' ', '-'))
			.collect(Collectors.toSet());
		assertThat(LINK.matcher(String.join("\n", lines)).results().map((link) -> link.group(1)))
			.filteredOn((link) -> !link.startsWith("https:"))
			.isNotEmpty()
			.allMatch((link) -> anchors.contains(link) || Files.exists(Readme.FILE.resolveSibling(link)));
	}

	private static void addProperties(ConfigurableApplicationContext context, Resource yaml) {
		try {
			new YamlPropertySourceLoader().load("readme", yaml)
				.forEach(context.getEnvironment().getPropertySources()::addFirst);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
