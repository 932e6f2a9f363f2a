// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker;

import java.time.Duration;
import java.util.regex.Pattern;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DisplayName;
import org.junit.platform.commons.annotation.Testable;
import reactor.test.StepVerifier;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMembers;

/**
 * The rules that tests keep.
 */
@AnalyzeClasses(packages = "io.github.llmbreaker", importOptions = ImportOption.OnlyIncludeTests.class)
class TestStyleTests {

	private static final Pattern CODE = Pattern.compile("\\p{Alpha}+-?\\d+\\b");

	@ArchTest
	static final ArchRule names = classes().that(haveTests())
		.should()
		.haveSimpleNameEndingWith("Tests")
		.andShould()
		.bePackagePrivate()
		.because("the build runs what is named *Tests, and nothing calls a test");

	@ArchTest
	static final ArchRule assertions = noClasses().should()
		.dependOnClassesThat()
		.haveNameMatching("org\\.junit\\.(Assert|jupiter\\.api\\.Assertions|jupiter\\.api\\.AssertionsKt)"
				+ "|org\\.hamcrest\\..*|org\\.testng\\..*")
		.because("AssertJ's messages say what was there");

	@ArchTest
	static final ArchRule sleep = noClasses().should()
		.accessTargetWhere(RulesOfTime.method("a sleep",
				(target) -> target.getName().equals("sleep") && target.getOwner().getPackageName().startsWith("java.")))
		.because("a sleeping test is slow when it passes and wrong when the machine is busy");

	@ArchTest
	static final ArchRule stepVerifier = noClasses().should()
		.accessTargetWhere(RulesOfTime.method("an unbounded StepVerifier",
				(target) -> target.getOwner().getName().startsWith(StepVerifier.class.getName())
						&& target.getName().startsWith("verify")
						&& target.getRawParameterTypes()
							.stream()
							.noneMatch((type) -> type.isEquivalentTo(Duration.class))))
		.because("a publisher that never ends must fail the test: expectComplete().verify(Duration)");

	@ArchTest
	static final ArchRule disabledClasses = noClasses().should()
		.beAnnotatedWith(Disabled.class)
		.because("a test that does not run protects nothing");

	@ArchTest
	static final ArchRule disabledMethods = noMembers().should()
		.beAnnotatedWith(Disabled.class)
		.because("a test that does not run protects nothing");

	@ArchTest
	static final ArchRule displayNamesOfClasses = noClasses().should()
		.beAnnotatedWith(aDisplayNameWithACode())
		.because("no page explains a number of a test; its name says what must hold");

	@ArchTest
	static final ArchRule displayNamesOfMethods = noMembers().should()
		.beAnnotatedWith(aDisplayNameWithACode())
		.because("no page explains a number of a test; its name says what must hold");

	private static DescribedPredicate<JavaAnnotation<?>> aDisplayNameWithACode() {
		return DescribedPredicate.describe("a display name that starts with letters and digits",
				(annotation) -> annotation.getRawType().isEquivalentTo(DisplayName.class) && annotation.get("value")
					.filter((name) -> CODE.matcher((String) name).lookingAt())
					.isPresent());
	}

	private static DescribedPredicate<JavaClass> haveTests() {
		return DescribedPredicate.describe("are top-level and have tests",
				(type) -> type.isTopLevelClass() && !type.getModifiers().contains(JavaModifier.ABSTRACT)
						&& type.getAllMembers().stream().anyMatch(TestStyleTests::isTest));
	}

	private static boolean isTest(JavaMember member) {
		return member.isMetaAnnotatedWith(Testable.class) && !member.isAnnotatedWith(ArchTest.class);
	}

}
