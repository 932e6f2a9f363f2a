// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;

/**
 * The rules that the code keeps, each with its reason.
 */
@AnalyzeClasses(packages = "io.github.llmbreaker", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchTests packages = ArchTests.in(RulesOfPackages.class);

	@ArchTest
	static final ArchTests libraries = ArchTests.in(RulesOfLibraries.class);

	@ArchTest
	static final ArchTests publicApi = ArchTests.in(RulesOfPublicApi.class);

	@ArchTest
	static final ArchTests names = ArchTests.in(RulesOfNames.class);

	@ArchTest
	static final ArchTests spring = ArchTests.in(RulesOfSpring.class);

	@ArchTest
	static final ArchTests time = ArchTests.in(RulesOfTime.class);

	@ArchTest
	static final ArchTests circles = ArchTests.in(RulesOfCircles.class);

	@ArchTest
	static final ArchTests code = ArchTests.in(RulesOfCode.class);

}
