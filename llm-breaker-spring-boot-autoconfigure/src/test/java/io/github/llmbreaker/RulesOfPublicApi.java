// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.assertj.core.api.Assertions;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * What users may rely on.
 */
class RulesOfPublicApi {

	private static final Path PUBLIC_API = Path.of("src/test/resources/public-api.txt");

	@ArchTest
	static final ArchRule engineIsHidden = members().that()
		.arePublic()
		.or()
		.areProtected()
		.should(notMention("io.github.resilience4j"))
		.because("the engine's types must not become part of our promise");

	@ArchTest
	static final ArchRule exceptions = classes().that()
		.areAssignableTo(Throwable.class)
		.should()
		.haveSimpleNameEndingWith("Exception")
		.andShould()
		.beAssignableTo(RuntimeException.class)
		.because("clients retry what is an IOException, and no one should have to declare a rejection");

	@ArchTest
	static final ArchRule nullness = noClasses().should()
		.dependOnClassesThat()
		.haveNameMatching("(?!org\\.jspecify\\.).+\\.(Nullable|NonNull|Nonnull|NotNull|NonNullApi|NonNullFields)")
		.because("only JSpecify's annotations are checked by the compiler");

	@ArchTest
	static void publicTypesAreListed(JavaClasses classes) throws IOException {
		List<String> publicTypes = classes.stream()
			.filter(RulesOfPublicApi::isPublicApi)
			.map(JavaClass::getName)
			.sorted()
			.toList();
		if (Boolean.getBoolean("public-api.update")) {
			Files.write(PUBLIC_API, publicTypes);
		}
		Assertions.assertThat(publicTypes)
			.as("Growing the public API is a visible change. If it is meant, run the test with "
					+ "-Dpublic-api.update=true and commit %s", PUBLIC_API)
			.isEqualTo(Files.readAllLines(PUBLIC_API));
	}

	private static boolean isPublicApi(JavaClass type) {
		boolean enclosing = type.getEnclosingClass().map(RulesOfPublicApi::isPublicApi).orElse(true);
		return enclosing && type.getModifiers().contains(JavaModifier.PUBLIC) && !isHidden(type.getPackageName())
				&& !type.getSimpleName().equals("package-info");
	}

	/**
	 * Java needs some types of these packages public; their package-info says that they
	 * are not for users.
	 */
	private static boolean isHidden(String packageName) {
		return (packageName + ".").startsWith(RulesOfPackages.ROOT + ".call.")
				|| packageName.startsWith(RulesOfPackages.ROOT + ".provider.");
	}

	private static ArchCondition<JavaMember> notMention(String library) {
		return new ArchCondition<>("not mention a type of " + library) {

			@Override
			public void check(JavaMember member, ConditionEvents events) {
				typesOf(member).flatMap((type) -> type.getAllInvolvedRawTypes().stream())
					.filter((type) -> isPublicApi(member.getOwner()) && type.getPackageName().startsWith(library))
					.forEach((type) -> events.add(SimpleConditionEvent.violated(member,
							member.getFullName() + " mentions " + type.getName())));
			}

		};
	}

	private static Stream<JavaType> typesOf(JavaMember member) {
		if (member instanceof JavaField field) {
			return Stream.of(field.getType());
		}
		JavaCodeUnit codeUnit = (JavaCodeUnit) member;
		Stream<JavaType> thrown = codeUnit.getExceptionTypes().stream().map((type) -> (JavaType) type);
		return Stream.of(Stream.of(codeUnit.getReturnType()), codeUnit.getParameterTypes().stream(), thrown)
			.flatMap((types) -> types);
	}

}
