// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.llmbreaker.autoconfigure.LlmBreakerAutoConfiguration;
import io.github.llmbreaker.samples.readme.Pages.Block;
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

class PagesTests {

	private static final Path EXAMPLES = Path.of("src/test/java/io/github/llmbreaker/samples/readme");

	private static final Path EXAMPLES_OF_CLIENTS = Path
		.of("../../llm-breaker-spring-boot-autoconfigure/src/test/java/io/github/llmbreaker/examples");

	private static final Pattern LINK = Pattern.compile("\\[[^\\]]+]\\(([^)]+)\\)");

	@Test
	void firstScreenSaysItAll() {
		assertThat(Pages.firstBlock("xml").text()).contains("llm-breaker-spring-boot-starter");
		assertThat(Pages.firstBlock("xml").lastLine()).isLessThanOrEqualTo(25);
		assertThat(Pages.firstBlock("yaml").lastLine()).isLessThanOrEqualTo(40);
		assertThat(Pages.firstBlock("text").lastLine()).isLessThanOrEqualTo(60);
		assertThat(Pages.firstBlock("json").lastLine()).isLessThanOrEqualTo(60);
	}

	@Test
	void firstYamlIsTheOneOfTheSample() throws IOException {
		assertThat(new ClassPathResource("application.yml").getContentAsString(StandardCharsets.UTF_8))
			.startsWith(Pages.firstBlock("yaml").text());
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
		return Pages.blocks("yaml");
	}

	@ParameterizedTest
	@MethodSource("javaBlocks")
	void javaCompiles(Block java) throws IOException {
		try (Stream<Path> files = Stream.of(EXAMPLES, EXAMPLES_OF_CLIENTS).flatMap(PagesTests::javaFiles)) {
			assertThat(files.map(PagesTests::withoutSpace))
				.as("Java code of the pages has to be part of a class in %s or %s", EXAMPLES, EXAMPLES_OF_CLIENTS)
				.anyMatch((compiled) -> compiled.contains(java.text().replaceAll("\\s+", "")));
		}
	}

	static List<Block> javaBlocks() {
		return Pages.blocks("java");
	}

	@ParameterizedTest
	@MethodSource("pages")
	void linksLeadSomewhere(Path page) {
		assertThat(LINK.matcher(String.join("\n", Pages.lines(page))).results().map((link) -> link.group(1)))
			.filteredOn((link) -> !link.startsWith("https:"))
			.allMatch((link) -> leadsSomewhere(page, link));
	}

	static List<Path> pages() {
		return Pages.all();
	}

	@Test
	void everyPageIsInTheList() {
		String readme = String.join("\n", Pages.lines(Pages.README));
		assertThat(Pages.all()).filteredOn((page) -> !page.equals(Pages.README))
			.allMatch((page) -> readme.contains("](docs/" + page.getFileName() + ")"));
	}

	private static boolean leadsSomewhere(Path page, String link) {
		int hash = link.indexOf('#');
		String file = (hash >= 0) ? link.substring(0, hash) : link;
		Path target = file.isEmpty() ? page : page.resolveSibling(file);
		return Files.exists(target) && (hash < 0 || Pages.anchors(target).contains(link.substring(hash + 1)));
	}

	private static Stream<Path> javaFiles(Path directory) {
		try {
			return Files.list(directory).filter((file) -> file.toString().endsWith(".java"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String withoutSpace(Path file) {
		try {
			return Files.readString(file).replaceAll("\\s+", "");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
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
