// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.assertj.core.api.Assertions;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * How types are called.
 */
class RulesOfNames {

	@ArchTest
	static void simpleNamesAreUnique(JavaClasses classes) {
		Map<String, Set<String>> places = new TreeMap<>();
		for (JavaClass type : classes) {
			if (type.isTopLevelClass() && !type.getSimpleName().equals("package-info")) {
				places.computeIfAbsent(type.getSimpleName(), (name) -> new TreeSet<>()).add(type.getName());
			}
		}
		Assertions.assertThat(places.values())
			.as("One name is one thing: who reads it should not have to look where it comes from")
			.filteredOn((names) -> names.size() > 1)
			.isEmpty();
	}

	private static final List<String> ROLES = List.of("Listener", "Customizer", "Provider");

	@ArchTest
	static final ArchRule nothingInParticular = noClasses().should()
		.haveNameMatching(".*\\.[^.]*(Util|Helper|DTO|Dto)[^.]*")
		.orShould()
		.haveNameMatching(".*(Manager|Impl)")
		.because("such a name does not say what the type is for");

	@ArchTest
	static final ArchRule abstractTypes = classes().that()
		.haveSimpleNameStartingWith("Abstract")
		.should(haveSeveralSubclasses())
		.because("a base class of one class is half a class");

	@ArchTest
	static final ArchRule roles = classes().that(DescribedPredicate.describe("have a name", RulesOfNames::hasName))
		.should(keepTheSuffixOfTheirInterface())
		.because("the role of a class is seen in its name");

	@ArchTest
	static final ArchRule eventsAndOutcomes = classes().that()
		.haveSimpleNameEndingWith("Event")
		.or()
		.haveSimpleNameEndingWith("Outcome")
		.should()
		.beRecords()
		.orShould()
		.beEnums()
		.because("what happened does not change afterwards");

	private static boolean hasName(JavaClass type) {
		return !type.isAnonymousClass() && !type.isInterface();
	}

	private static ArchCondition<JavaClass> haveSeveralSubclasses() {
		return new ArchCondition<>("have several subclasses") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				int count = type.getSubclasses().size();
				events.add(new SimpleConditionEvent(type, count > 1, type.getName() + " has " + count));
			}

		};
	}

	private static ArchCondition<JavaClass> keepTheSuffixOfTheirInterface() {
		return new ArchCondition<>("keep the suffix of their interface") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				List<String> expected = ROLES.stream()
					.filter((role) -> type.getRawInterfaces()
						.stream()
						.anyMatch((it) -> it.getSimpleName().endsWith(role)))
					.toList();
				boolean kept = expected.isEmpty() || expected.stream().anyMatch(type.getSimpleName()::endsWith);
				events
					.add(new SimpleConditionEvent(type, kept, type.getName() + " should end with one of " + expected));
			}

		};
	}

}
