// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aot;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import com.openai.errors.OpenAIServiceException;
import io.github.llmbreaker.actuate.endpoint.LlmBreakersEndpoint;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.web.client.RestClientResponseException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Processes an application ahead of time, in a JVM of its own as the build does, with
 * everything on the class path that can be guarded.
 */
class AheadOfTimeTests {

	private static final List<String> ARGUMENTS = List.of("--spring.config.name=aot",
			"--spring.main.web-application-type=none", "--spring.main.banner-mode=off",
			"--spring.ai.openai.api-key=key", "--spring.ai.openai.chat.model=first",
			"--spring.ai.anthropic.api-key=key", "--spring.ai.google.genai.api-key=key",
			"--management.endpoints.web.exposure.include=llmbreakers");

	private static final String CLASS_PATH = System.getProperty("surefire.test.class.path",
			System.getProperty("java.class.path"));

	@TempDir
	private static Path directory;

	private static String metadata;

	@BeforeAll
	static void process() throws Exception {
		List<String> arguments = new ArrayList<>(List.of(AotApplication.class.getName(), sources().toString(),
				resources().toString(), classes().toString(), "group", "artifact"));
		arguments.addAll(ARGUMENTS);
		java(CLASS_PATH, List.of(), SpringApplicationAotProcessor.class, arguments);
		metadata = Files
			.readString(resources().resolve("META-INF/native-image/group/artifact/reachability-metadata.json"));
	}

	@Test
	void processedApplicationRunsAsTheOtherDoes() throws Exception {
		compile();
		String classPath = classes() + File.pathSeparator + resources() + File.pathSeparator + CLASS_PATH;
		assertThat(java(classPath, List.of("-Dspring.aot.enabled=true"), AotApplication.class, ARGUMENTS).lines()
			.filter((line) -> line.startsWith("SAID"))).containsExactly("SAID RestClient: 529", "SAID WebClient: 529",
					"SAID ChatModel: Hi", "SAID method: sorry, LlmTarget[provider=openai, endpoint=null, model=second]",
					"SAID breaker: openai:first", "SAID endpoint: " + LlmBreakersEndpoint.class.getSimpleName());
	}

	@Test
	void nativeImageKeepsWhatIsReadByReflection() {
		assertThat(metadata).contains("\"" + OpenAIServiceException.class.getName() + "\"")
			.contains("\"" + RestClientResponseException.class.getName() + "\"")
			.contains("\"com.openai.core.http.Headers\"")
			.contains("\"" + AotApplication.Question.class.getName() + "\"")
			.containsPattern("\"name\": \"sorry\"")
			.contains("io.github.llmbreaker.actuate.endpoint.BreakerDescriptor")
			.contains("endpoint\\/llmbreakers.*");
	}

	private static void compile() throws IOException {
		List<String> arguments = new ArrayList<>(List.of("-nowarn", "-proc:none", "-d", classes().toString(), "-cp",
				classes() + File.pathSeparator + CLASS_PATH));
		try (Stream<Path> files = Files.walk(sources())) {
			files.map(Path::toString).filter((file) -> file.endsWith(".java")).forEach(arguments::add);
		}
		assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
			.isZero();
	}

	private static String java(String classPath, List<String> options, Class<?> main, List<String> arguments)
			throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
		command.addAll(options);
		command.addAll(List.of("-cp", classPath, main.getName()));
		command.addAll(arguments);
		Path output = Files.createTempFile(directory, "output", ".txt");
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(Redirect.to(output.toFile()))
			.start();
		try {
			assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
			String said = Files.readString(output, StandardCharsets.UTF_8);
			assertThat(process.exitValue()).as(said).isZero();
			return said;
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static Path sources() {
		return directory.resolve("sources");
	}

	private static Path resources() {
		return directory.resolve("resources");
	}

	private static Path classes() {
		return directory.resolve("classes");
	}

}
