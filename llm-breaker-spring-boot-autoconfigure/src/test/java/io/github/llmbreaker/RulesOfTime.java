// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker;

import java.util.Set;
import java.util.Timer;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Predicate;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * Where time and threads come from.
 */
class RulesOfTime {

	private static final Set<String> SYSTEM_CLOCKS = Set.of("currentTimeMillis", "nanoTime");

	@ArchTest
	static final ArchRule monotonicTime = noClasses().that()
		.doNotHaveFullyQualifiedName(RulesOfPackages.ROOT + ".breaker.Ticker")
		.should()
		.accessTargetWhere(method("a clock of the system",
				(target) -> target.getOwner().isEquivalentTo(System.class) && SYSTEM_CLOCKS.contains(target.getName())))
		.because("what asks a Ticker can be tested without waiting");

	@ArchTest
	static final ArchRule wallClock = noClasses().should()
		.accessTargetWhere(method("now() of java.time",
				(target) -> target.getOwner().getPackageName().equals("java.time") && target.getName().equals("now")
						&& target.getRawParameterTypes().isEmpty()))
		.because("what asks an injected clock can be tested at any time of day");

	@ArchTest
	static final ArchRule sleep = noClasses().should()
		.accessTargetWhere(method("Thread.sleep",
				(target) -> target.getOwner().isEquivalentTo(Thread.class) && target.getName().equals("sleep")))
		.because("a caller's thread is not ours to hold");

	@ArchTest
	static final ArchRule threads = noClasses().should()
		.accessTargetWhere(method("a constructor of a thread",
				(target) -> target.getOwner().isAssignableTo(Thread.class) && target.getName().equals("<init>")))
		.because("a thread comes from a factory that names it and makes it a daemon");

	@ArchTest
	static final ArchRule executors = noClasses().should()
		.accessTargetWhere(method("an executor without a thread factory", RulesOfTime::isUnnamedExecutor))
		.because("a thread dump must say whose thread it is");

	private static boolean isUnnamedExecutor(CodeUnitAccessTarget target) {
		if (target.getOwner().isEquivalentTo(Timer.class) || target.getOwner().isEquivalentTo(ForkJoinPool.class)) {
			return true;
		}
		boolean creates = target.getOwner().isEquivalentTo(Executors.class) && target.getName().startsWith("new")
				|| target.getOwner().isAssignableTo(ThreadPoolExecutor.class) && target.getName().equals("<init>");
		return creates
				&& target.getRawParameterTypes().stream().noneMatch((type) -> type.isAssignableTo(ThreadFactory.class));
	}

	static DescribedPredicate<JavaAccess<?>> method(String description, Predicate<CodeUnitAccessTarget> predicate) {
		return DescribedPredicate.describe("the target is " + description,
				(access) -> access.getTarget() instanceof CodeUnitAccessTarget target && predicate.test(target));
	}

}
