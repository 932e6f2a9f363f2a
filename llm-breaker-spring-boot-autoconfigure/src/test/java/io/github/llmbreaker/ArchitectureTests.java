/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
	static final ArchTests code = ArchTests.in(RulesOfCode.class);

}
