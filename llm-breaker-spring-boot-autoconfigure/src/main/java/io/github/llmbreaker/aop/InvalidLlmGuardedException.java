// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.io.Serial;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * An {@code @LlmGuarded} method cannot be guarded as it is written.
 *
 * @since 0.1.0
 */
public final class InvalidLlmGuardedException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String method;

	private final String reason;

	private final String action;

	InvalidLlmGuardedException(Method method, String reason, String action) {
		super("@LlmGuarded method '%s' %s. %s".formatted(describe(method), reason, action));
		this.method = describe(method);
		this.reason = reason;
		this.action = action;
	}

	/**
	 * Returns the method.
	 * @return its class, name and parameter types
	 */
	public String getMethod() {
		return this.method;
	}

	/**
	 * Returns what is wrong with it.
	 * @return the rest of a sentence that begins with the method
	 */
	public String getReason() {
		return this.reason;
	}

	/**
	 * Returns what to do.
	 * @return a sentence
	 */
	public String getAction() {
		return this.action;
	}

	static String describe(Method method) {
		return method.getDeclaringClass().getName() + "." + method.getName() + parameters(method.getParameterTypes());
	}

	static String parameters(Class<?>... types) {
		return Arrays.stream(types).map(Class::getSimpleName).collect(Collectors.joining(", ", "(", ")"));
	}

}
