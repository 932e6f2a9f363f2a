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
