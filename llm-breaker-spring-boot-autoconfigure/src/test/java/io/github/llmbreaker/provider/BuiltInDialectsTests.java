// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.llmbreaker.provider.dialect.BuiltInDialects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether everything is there that belongs to a built-in dialect.
 */
class BuiltInDialectsTests {

	/** For servers of one's own. */
	private static final String WITHOUT_HOSTS = "openai-compatible";

	static Stream<String> ids() {
		return BuiltInDialects.all().stream().map(LlmDialect::id);
	}

	@Test
	void everyDialectHasAnIdOfItsOwn() {
		assertThat(ids()).doesNotHaveDuplicates().allMatch((id) -> id.matches("[a-z0-9]+(-[a-z0-9]+)*"));
	}

	@Test
	void everyClassOfADialectIsListed() {
		List<String> listed = BuiltInDialects.all().stream().map((dialect) -> dialect.getClass().getName()).toList();
		assertThat(new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackagesOf(BuiltInDialects.class)).filteredOn((type) -> type.isAssignableTo(LlmDialect.class))
			.as("a dialect that BuiltInDialects does not list is none")
			.extracting(JavaClass::getName)
			.isNotEmpty()
			.allMatch(listed::contains);
	}

	@ParameterizedTest
	@MethodSource("ids")
	void everyDialectIsDocumented(String id) throws IOException {
		assertThat(Files.readString(Path.of("../docs/outcomes.md")))
			.as("docs/outcomes.md has no table for '%s': give samples in answers.jsonl a 'doc', then run "
					+ "OutcomesPageTests with -Ddocs.update=true", id)
			.contains("### `" + id + "`");
		assertThat(Files.readString(Path.of("../README.md"))).as("README.md does not name '%s' under Providers", id)
			.contains("`" + id + "`");
	}

	@ParameterizedTest
	@MethodSource("ids")
	void answersOfEveryDialectAreKnown(String id) throws IOException {
		assertThat(SampleAnswer.all()).as("answers.jsonl has no answer of '%s'", id)
			.anyMatch((answer) -> answer.dialect().id().equals(id));
		String calls = new ClassPathResource("corpus/outcomes.jsonl").getContentAsString(StandardCharsets.UTF_8)
				+ new ClassPathResource("corpus/hosts.jsonl").getContentAsString(StandardCharsets.UTF_8);
		assertThat(RecordedCall.readAll(calls)).as("corpus/hosts.jsonl has no call of '%s'", id)
			.anyMatch((call) -> call.provider().equals(id));
	}

	@ParameterizedTest
	@MethodSource("ids")
	void everyDialectIsTheOnlyOneAtItsHosts(String id) {
		Map<String, List<String>> owners = BuiltInDialects.all()
			.stream()
			.flatMap((dialect) -> dialect.hosts().stream().map((host) -> Map.entry(host, dialect.id())))
			.collect(Collectors.groupingBy(Map.Entry::getKey,
					Collectors.mapping(Map.Entry::getValue, Collectors.toUnmodifiableList())));
		List<String> hosts = dialect(id).hosts();
		assertThat(hosts.isEmpty()).as("'%s' has hosts", id).isEqualTo(id.equals(WITHOUT_HOSTS));
		assertThat(hosts).allSatisfy((host) -> assertThat(owners.get(host)).as(host).containsExactly(id));
	}

	@ParameterizedTest
	@MethodSource("ids")
	void everyDialectBelongsToAFamilyThatLeadsItself(String id) {
		String family = dialect(id).family();
		assertThat(ids()).as("the family of '%s'", id).contains(family);
		assertThat(dialect(family).family()).as("the family of '%s'", family).isEqualTo(family);
		if (!family.equals(id)) {
			assertThat(dialect(id).operation("/v1/chat/completions")).as("'%s' can't stand in for '%s'", id, family)
				.isEqualTo(dialect(family).operation("/v1/chat/completions"));
		}
	}

	private static LlmDialect dialect(String id) {
		return BuiltInDialects.all().stream().filter((dialect) -> dialect.id().equals(id)).findFirst().orElseThrow();
	}

}
