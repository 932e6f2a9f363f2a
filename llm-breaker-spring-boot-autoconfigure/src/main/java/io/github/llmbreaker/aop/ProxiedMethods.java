// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

import org.springframework.util.ClassUtils;

/**
 * Checks whether calls of guarded methods meet the proxy of their bean. Those that don't
 * would pass unguarded, and nobody would notice.
 */
final class ProxiedMethods {

	private ProxiedMethods() {
	}

	/**
	 * Checks what holds for every kind of proxy.
	 * @param method a guarded method
	 * @throws InvalidLlmGuardedException if no proxy can be in its way
	 */
	static void check(Method method) {
		if (Modifier.isStatic(method.getModifiers())) {
			throw new InvalidLlmGuardedException(method, "is static, so that no proxy can guard it",
					"Make it a method of the bean.");
		}
		if (Modifier.isPrivate(method.getModifiers())) {
			throw new InvalidLlmGuardedException(method, "is private, so that no proxy can guard it",
					"Make it public, and call it from another bean.");
		}
	}

	/**
	 * Checks the guarded methods of a bean whose proxy is a subclass.
	 * @param type the type of the bean
	 * @throws InvalidLlmGuardedException if the proxy can't override one of them
	 */
	static void checkOverridable(Class<?> type) {
		GuardSpec.forEach(type, (method, spec) -> {
			if (Modifier.isFinal(method.getModifiers())) {
				throw new InvalidLlmGuardedException(method, "is final, so that its proxy can't override it",
						"Remove 'final'.");
			}
		});
	}

	/**
	 * Describes a bean for which there can be no proxy.
	 * @param type the type of the bean
	 * @param cause why
	 * @return what to throw
	 */
	static RuntimeException unproxied(Class<?> type, RuntimeException cause) {
		Class<?> userType = ClassUtils.getUserClass(type);
		if (Modifier.isFinal(userType.getModifiers())) {
			GuardSpec.forEach(userType, (method, spec) -> {
				throw new InvalidLlmGuardedException(method, "is in a %s, which can't have a proxy"
					.formatted(userType.isRecord() ? "record" : "final class"), "Make it a class that is not final.");
			});
		}
		return cause;
	}

}
