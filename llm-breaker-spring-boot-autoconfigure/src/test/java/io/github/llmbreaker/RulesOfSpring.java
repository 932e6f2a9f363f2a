// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.assertj.core.api.Assertions;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.stereotype.Repository;
import org.springframework.stereotype.Service;

import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMembers;

/**
 * How things are wired.
 */
class RulesOfSpring {

	private static final Path IMPORTS = Path
		.of("src/main/resources/META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports");

	@ArchTest
	static final ArchRule autoConfigurations = classes().that()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.haveSimpleNameEndingWith("AutoConfiguration")
		.andShould()
		.bePublic()
		.andShould()
		.haveModifier(JavaModifier.FINAL)
		.because("their names can be excluded by users, and nothing else about them is for users");

	@ArchTest
	static final ArchRule membersOfAutoConfigurations = noMembers().that()
		.areDeclaredInClassesThat()
		.areAnnotatedWith(AutoConfiguration.class)
		.and(DescribedPredicate.not(are(defaultConstructors())))
		.should()
		.bePublic()
		.because("a bean is asked for by its type, never by calling the method that makes it");

	@ArchTest
	static final ArchRule beanMethods = methods().that()
		.areAnnotatedWith(Bean.class)
		.should()
		.bePackagePrivate()
		.andShould()
		.notBeAnnotatedWith(ConditionalOnClass.class)
		.andShould()
		.notHaveRawReturnType(modifier(JavaModifier.PRIVATE))
		.because("the signature of a method with a missing class cannot be read, "
				+ "and what a bean is must be visible to conditions");

	@ArchTest
	static final ArchRule beanPostProcessors = methods().that()
		.areAnnotatedWith(Bean.class)
		.and()
		.haveRawReturnType(JavaClass.Predicates.assignableTo(BeanPostProcessor.class))
		.should()
		.beStatic()
		.andShould()
		.haveRawParameterTypes(DescribedPredicate.describe("only ObjectProvider or Environment",
				(types) -> types.stream().allMatch(RulesOfSpring::isLazy)))
		.because("a post-processor that asks for beans makes them before they can be processed");

	@ArchTest
	static final ArchRule configurationProperties = classes().that()
		.areAnnotatedWith(ConfigurationProperties.class)
		.should()
		.beRecords()
		.andShould()
		.haveSimpleNameEndingWith("Properties")
		.andShould()
		.resideInAPackage(RulesOfPackages.ROOT + ".autoconfigure")
		.because("properties are how users write it, not how the code thinks of it");

	@ArchTest
	static final ArchRule usersOfConfigurationProperties = noClasses().that()
		.resideOutsideOfPackage(RulesOfPackages.ROOT + ".autoconfigure..")
		.should()
		.dependOnClassesThat()
		.areAnnotatedWith(ConfigurationProperties.class)
		.because("everything must work without property binding");

	@ArchTest
	static final ArchRule noStereotypes = noClasses().should()
		.beAnnotatedWith(Component.class)
		.orShould()
		.beAnnotatedWith(Service.class)
		.orShould()
		.beAnnotatedWith(Repository.class)
		.orShould()
		.beAnnotatedWith(Controller.class)
		.because("component scanning of users must not find our classes");

	@ArchTest
	static final ArchRule noInjectionByAnnotation = members().should()
		.notBeAnnotatedWith(Autowired.class)
		.andShould()
		.notBeAnnotatedWith(Value.class)
		.andShould()
		.notBeAnnotatedWith("jakarta.inject.Inject")
		.andShould()
		.notBeAnnotatedWith("jakarta.annotation.Resource")
		.andShould()
		.notBeAnnotatedWith("jakarta.annotation.PostConstruct")
		.andShould()
		.notBeAnnotatedWith("jakarta.annotation.PreDestroy")
		.because("a constructor says what is needed and when the object is ready");

	@ArchTest
	static void autoConfigurationsAreListed(JavaClasses classes) throws IOException {
		List<String> autoConfigurations = classes.that(annotatedWithAutoConfiguration())
			.stream()
			.map(JavaClass::getName)
			.sorted()
			.toList();
		List<String> listed = Files.exists(IMPORTS) ? Files.readAllLines(IMPORTS) : List.of();
		Assertions.assertThat(listed)
			.as("Spring Boot finds an auto-configuration by its line in %s, and a sorted list is easy to check",
					IMPORTS)
			.isEqualTo(autoConfigurations);
	}

	private static DescribedPredicate<JavaClass> annotatedWithAutoConfiguration() {
		return CanBeAnnotated.Predicates.annotatedWith(AutoConfiguration.class).forSubtype();
	}

	private static boolean isLazy(JavaClass type) {
		return type.isEquivalentTo(ObjectProvider.class) || type.isEquivalentTo(Environment.class);
	}

	private static DescribedPredicate<JavaMember> defaultConstructors() {
		return DescribedPredicate.describe("default constructors", (member) -> member.getName().equals("<init>")
				&& ((JavaCodeUnit) member).getRawParameterTypes().isEmpty());
	}

	private static DescribedPredicate<JavaClass> modifier(JavaModifier modifier) {
		return DescribedPredicate.describe("modifier " + modifier, (type) -> type.getModifiers().contains(modifier));
	}

}
