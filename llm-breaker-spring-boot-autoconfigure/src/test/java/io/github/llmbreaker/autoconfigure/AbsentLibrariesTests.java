// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.github.llmbreaker.LlmBreakers;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that applications start whichever libraries they lack, one or two of them.
 */
class AbsentLibrariesTests {

	private static final Map<String, Marks> LIBRARIES = new TreeMap<>(
			Map.of("Spring AI", new Marks("org.springframework.ai", "llmBreakerSpringAiFallbackBeans"), "LangChain4j",
					new Marks("dev.langchain4j", "llmBreakerLangChain4jFallbackBeans"), "OkHttp",
					new Marks("okhttp3", "llmBreakerOkHttpInterceptor"), "Redis",
					new Marks("org.springframework.data.redis", null), "WebClient",
					new Marks("org.springframework.web.reactive", "llmBreakerExchangeFilterFunction"), "RestClient",
					new Marks("org.springframework.web.client", "llmBreakerClientHttpRequestInterceptor"), "Micrometer",
					new Marks("io.micrometer", null), "AOP", new Marks("org.aspectj", null)));

	@TestFactory
	Stream<DynamicTest> applicationStartsWithoutSome() {
		Set<Set<String>> missing = new LinkedHashSet<>();
		for (String one : LIBRARIES.keySet()) {
			for (String other : LIBRARIES.keySet()) {
				missing.add(Set.copyOf(new LinkedHashSet<>(List.of(one, other))));
			}
		}
		return missing.stream().map((names) -> DynamicTest.dynamicTest("without " + names, () -> start(names)));
	}

	private void start(Set<String> missing) {
		List<String> packages = new ArrayList<>();
		missing.forEach((name) -> packages.add(LIBRARIES.get(name).prefix()));
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ours()))
			.withClassLoader(new FilteredClassLoader(packages.toArray(String[]::new)))
			.run((context) -> {
				assertThat(context).hasNotFailed().hasSingleBean(LlmBreakers.class);
				LIBRARIES.forEach((name, marks) -> {
					if (marks.bean() != null) {
						assertThat(context.containsBean(marks.bean())).as(name).isEqualTo(!missing.contains(name));
					}
				});
			});
	}

	private static Class<?>[] ours() {
		ClassLoader loader = AbsentLibrariesTests.class.getClassLoader();
		return ImportCandidates.load(AutoConfiguration.class, loader)
			.getCandidates()
			.stream()
			.filter((name) -> name.startsWith("io.github.llmbreaker."))
			.map((name) -> ClassUtils.resolveClassName(name, loader))
			.toArray(Class<?>[]::new);
	}

	/**
	 * How a library shows.
	 *
	 * @param prefix how its classes are named
	 * @param bean what is there if it is
	 */
	private record Marks(String prefix, String bean) {

	}

}
