// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.NullMarked;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Which package may see which.
 */
class RulesOfPackages {

	static final String ROOT = "io.github.llmbreaker";

	/**
	 * For each package below the root package those it may depend on.
	 */
	private static final Map<String, String[]> TABLE = new LinkedHashMap<>();
	static {
		row("");
		row("provider");
		row("breaker");
		row("event", "breaker");
		row("redis", "breaker");
		row("health", "breaker");
		row("actuate.endpoint", "breaker", "provider");
		row("web");
		row("alert", "provider", "breaker");
		row("metrics", "breaker", "event");
		row("call", "provider", "breaker");
		row("observation", "breaker", "call");
		row("webclient", "provider", "breaker", "call");
		row("restclient", "provider", "breaker", "call");
		row("aop", "provider", "breaker", "call");
		row("okhttp", "provider", "breaker", "call");
		row("springai", "provider", "breaker", "call");
		row("langchain4j", "provider", "breaker", "call");
		row("test", "breaker", "call", "provider");
		row("autoconfigure", TABLE.keySet().toArray(String[]::new));
	}

	@ArchTest
	static final ArchRule packagesAreFreeOfCycles = slices().matching("io.github.(**)")
		.should()
		.beFreeOfCycles()
		.because("what depends on each other can only be understood together");

	@ArchTest
	static final ArchRule nothingDependsOnTheAutoConfiguration = noClasses()
		.that(resideInAPackage(ROOT + "..").and(DescribedPredicate.not(inPackage("autoconfigure"))))
		.should()
		.dependOnClassesThat(inPackage("autoconfigure"))
		.because("everything must work when it is wired by hand");

	@ArchTest
	static void packagesSeeOnlyWhatTheTableSays(JavaClasses classes) {
		TABLE.forEach((name, visible) -> noClasses().that(inPackage(name))
			.should()
			.dependOnClassesThat(resideInAPackage(ROOT + "..").and(DescribedPredicate.not(inPackage(visible))))
			.because("dependencies go down only: '%s' sees %s".formatted(name, List.of(visible)))
			.check(classes));
	}

	@ArchTest
	static void packagesAreInTheTable(JavaClasses classes) {
		noClasses().that(DescribedPredicate.not(inPackage(TABLE.keySet().toArray(String[]::new))))
			.should(RulesOfLibraries.exist())
			.because("a package is a subject with a place in the order of packages; add a row to the table")
			.check(classes);
	}

	@ArchTest
	static void packagesAreNullMarked(JavaClasses classes) {
		Assertions.assertThat(classes)
			.as("Null is a type: every package has a package-info with @NullMarked")
			.extracting(JavaClass::getPackage)
			.filteredOn((javaPackage) -> javaPackage.getName().startsWith(ROOT))
			.allMatch(RulesOfPackages::isNullMarked);
	}

	/**
	 * Matches classes of packages that are named as in the table: without the root
	 * package's name, which itself is the empty string.
	 */
	static DescribedPredicate<JavaClass> inPackage(String... names) {
		return resideInAnyPackage(Arrays.stream(names).map(RulesOfPackages::patternOf).toArray(String[]::new));
	}

	private static String patternOf(String name) {
		return name.isEmpty() ? ROOT : ROOT + "." + name + "..";
	}

	private static boolean isNullMarked(JavaPackage javaPackage) {
		return javaPackage.isAnnotatedWith(NullMarked.class);
	}

	/**
	 * Adds a row. Every package sees the root package and itself.
	 */
	private static void row(String name, String... visible) {
		TABLE.put(name, Stream.concat(Stream.of("", name), Arrays.stream(visible)).distinct().toArray(String[]::new));
	}

}
