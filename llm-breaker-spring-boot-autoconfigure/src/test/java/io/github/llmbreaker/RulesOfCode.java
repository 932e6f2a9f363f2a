// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker;

import java.util.Set;
import java.util.stream.Collectors;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.commons.logging.Log;
import org.slf4j.Logger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.reactive.function.client.ClientResponse;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

/**
 * What no method does.
 */
class RulesOfCode {

	private static final Set<String> BLOCKING = Set.of("block", "blockOptional", "blockFirst", "blockLast",
			"toIterable", "toStream");

	private static final Set<String> LOUD = Set.of("info", "warn", "error", "fatal", "atInfo", "atWarn", "atError");

	@ArchTest
	static final ArchRule blocking = noClasses().that(RulesOfPackages.inPackage("webclient", "springai", "aop", "web"))
		.should()
		.accessTargetWhere(RulesOfTime.method("a blocking operator of Reactor",
				(target) -> isPublisher(target.getOwner()) && BLOCKING.contains(target.getName())))
		.because("the thread belongs to an event loop");

	@ArchTest
	static final ArchRule subscribing = noClasses()
		.that(RulesOfPackages.inPackage("webclient", "springai", "aop", "web"))
		.should()
		.accessTargetWhere(RulesOfTime.method("subscribe without a Subscriber", RulesOfCode::isDetachedSubscription))
		.because("a subscription of our own is not cancelled with the caller's and loses its context");

	@ArchTest
	static final ArchRule collecting = noClasses().that(RulesOfPackages.inPackage("webclient"))
		.should()
		.accessTargetWhere(RulesOfTime.method("a way to read a whole response", RulesOfCode::isReadingOfTheWholeBody))
		.because("streams are observed, never collected: the first token reaches the user at once");

	@ArchTest
	static final ArchRule letterCase = noClasses().should()
		.accessTargetWhere(RulesOfTime.method("a change of case without a locale",
				(target) -> target.getOwner().isEquivalentTo(String.class) && target.getRawParameterTypes().isEmpty()
						&& Set.of("toLowerCase", "toUpperCase").contains(target.getName())))
		.because("'I' in lower case is no 'i' in Turkish; Locale.ROOT says what is meant");

	@ArchTest
	static final ArchRule lists = noClasses().should()
		.accessTargetWhere(RulesOfTime.method("Collectors.toList",
				(target) -> target.getOwner().isEquivalentTo(Collectors.class) && target.getName().equals("toList")))
		.because("Stream.toList() is shorter and cannot be modified");

	@ArchTest
	static final ArchRule standardStreams = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS
		.because("a library speaks through the application's logging");

	@ArchTest
	static final ArchRule javaUtilLogging = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING
		.because("a library speaks through the application's logging");

	@ArchTest
	static final ArchRule loggers = fields().that()
		.haveRawType(Logger.class)
		.or()
		.haveRawType(Log.class)
		.should()
		.bePrivate()
		.andShould()
		.beStatic()
		.andShould()
		.beFinal()
		.because("a logger belongs to its class");

	@ArchTest
	static final ArchRule loudness = noClasses()
		.that(DescribedPredicate.not(RulesOfPackages.inPackage("breaker", "event", "redis", "alert", "autoconfigure")))
		.should()
		.accessTargetWhere(RulesOfTime.method("a log method above DEBUG",
				(target) -> isLogger(target.getOwner()) && LOUD.contains(target.getName())))
		.because("a breaker that opens is news, a call is not");

	private static boolean isDetachedSubscription(CodeUnitAccessTarget target) {
		return isPublisher(target.getOwner()) && target.getName().equals("subscribe")
				&& target.getRawParameterTypes()
					.stream()
					.noneMatch((type) -> type.isAssignableTo("org.reactivestreams.Subscriber"));
	}

	private static boolean isReadingOfTheWholeBody(CodeUnitAccessTarget target) {
		boolean response = target.getOwner().isEquivalentTo(ClientResponse.class)
				&& (target.getName().startsWith("bodyTo") || target.getName().startsWith("toEntity")
						|| target.getName().startsWith("createE"));
		return response || target.getOwner().isEquivalentTo(DataBufferUtils.class) && target.getName().equals("join");
	}

	private static boolean isPublisher(JavaClass type) {
		return type.isAssignableTo(Mono.class) || type.isAssignableTo(Flux.class);
	}

	private static boolean isLogger(JavaClass type) {
		return type.isAssignableTo(Logger.class) || type.isAssignableTo(Log.class);
	}

}
