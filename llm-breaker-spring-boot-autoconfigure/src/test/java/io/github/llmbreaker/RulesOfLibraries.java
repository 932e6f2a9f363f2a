// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * Which library is known where. The auto-configuration may know all, to wire them.
 */
class RulesOfLibraries {

	@ArchTest
	static final ArchRule jsonParser = noClasses().should()
		.dependOnClassesThat(resideInAnyPackage("tools.jackson..", "com.fasterxml.jackson..", "com.google.gson.."))
		.because("what providers write is watched while it passes, and an application need not have a JSON library");

	@ArchTest
	static final ArchRule resilience4j = only("breaker").mayImport("io.github.resilience4j..")
		.because("the engine must be replaceable without touching a client");

	@ArchTest
	static final ArchRule webReactive = only("webclient", "web").mayImport("org.springframework.web.reactive..")
		.because("applications without WebFlux must not load a class that needs it");

	@ArchTest
	static final ArchRule reactiveHttpClient = only("webclient").mayImport("org.springframework.http.client.reactive..")
		.because("applications without WebFlux must not load a class that needs it");

	@ArchTest
	static final ArchRule httpClient = only("restclient", "alert")
		.mayImport(resideInAnyPackage("org.springframework.http.client..", "org.springframework.web.client..")
			.and(resideOutsideOfPackage("org.springframework.http.client.reactive..")))
		.because("a blocking client belongs to the package that guards it or to the one that sends alerts");

	@ArchTest
	static final ArchRule webAndServlet = only("web")
		.mayImport(resideInAnyPackage("org.springframework.web..", "jakarta.servlet..")
			.and(resideOutsideOfPackages("org.springframework.web.reactive..", "org.springframework.web.client..")))
		.because("only the answer to an uncaught rejection knows that there is a server");

	@ArchTest
	static final ArchRule aop = only("aop").mayImport("org.springframework.aop..", "org.aopalliance..", "org.aspectj..")
		.because("proxies are one way among others to guard a call");

	@ArchTest
	static final ArchRule springAi = only("springai").mayImport("org.springframework.ai..")
		.because("an application without Spring AI must not load a class that needs it");

	@ArchTest
	static final ArchRule langchain4j = only("langchain4j").mayImport("dev.langchain4j..")
		.because("an application without LangChain4j must not load a class that needs it");

	@ArchTest
	static final ArchRule micrometer = only("metrics", "observation").mayImport("io.micrometer..")
		.because("an application without meters must not load a class that needs them");

	@ArchTest
	static final ArchRule bootHealth = only("health").mayImport("org.springframework.boot.health..")
		.because("health is one view of the breakers among others");

	@ArchTest
	static final ArchRule bootActuator = only("actuate.endpoint").mayImport("org.springframework.boot.actuate..")
		.because("the endpoint is one view of the breakers among others");

	@ArchTest
	static final ArchRule redis = only("redis").mayImport("org.springframework.data.redis..")
		.because("shared state is behind an interface of ours");

	@ArchTest
	static final ArchRule boot = only("test")
		.mayImport(resideInAPackage("org.springframework.boot..")
			.and(resideOutsideOfPackages("org.springframework.boot.health..", "org.springframework.boot.actuate..")))
		.because("what is wired must not know who wires it");

	@ArchTest
	static final ArchRule lowerPackagesArePlainJava = noClasses()
		.that(RulesOfPackages.inPackage("", "provider", "breaker").or(resideInAPackage(RulesOfPackages.ROOT + ".call")))
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("reactor..", "org.reactivestreams..", "jakarta.servlet..", "org.springframework.web..",
				"org.springframework.context..", "org.springframework.boot..")
		.because("the rules of the breaker hold for every client and can be tested without one");

	@ArchTest
	static final ArchRule internalsOfLibraries = noClasses().should()
		.dependOnClassesThat(resideInAPackage("..internal..").and(resideOutsideOfPackage(RulesOfPackages.ROOT + "..")))
		.because("internals change without notice");

	private static Importers only(String... packages) {
		return new Importers(packages);
	}

	static ArchCondition<JavaClass> exist() {
		return new ArchCondition<>("exist") {

			@Override
			public void check(JavaClass javaClass, ConditionEvents events) {
				events.add(SimpleConditionEvent.satisfied(javaClass, javaClass.getName() + " exists"));
			}

		};
	}

	/**
	 * The packages that may import a library, together with the auto-configuration.
	 *
	 * @param packages the packages' names below the root package
	 */
	private record Importers(String... packages) {

		ArchRule mayImport(String... libraries) {
			return mayImport(resideInAnyPackage(libraries));
		}

		ArchRule mayImport(DescribedPredicate<JavaClass> library) {
			return noClasses()
				.that(DescribedPredicate
					.not(RulesOfPackages.inPackage(this.packages).or(RulesOfPackages.inPackage("autoconfigure"))))
				.should()
				.dependOnClassesThat(library);
		}

	}

}
