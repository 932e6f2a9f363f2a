// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

/**
 * Answers for a call that cannot be answered by any model.
 *
 * @param answer the answer that was kept; {@code null} if the method is to be called
 * @param method the method that answers; {@code null} if an answer was kept
 */
record Substitute(@Nullable Object answer, @Nullable Method method) {

	/**
	 * Finds who answers: the cache, then the method.
	 * @return the substitute, or {@code null} if the error is to reach the caller
	 */
	static @Nullable Substitute find(GuardedCall call, Throwable error) {
		GuardedMethod guarded = call.method();
		Object kept = (guarded.fallbackCache() != null) ? guarded.fallbackCache().get(call.arguments()) : null;
		if (kept != null) {
			return new Substitute(kept, null);
		}
		Method method = (guarded.fallbackMethod() != null) ? guarded.fallbackMethod().forError(error) : null;
		return (method != null) ? new Substitute(null, method) : null;
	}

	/**
	 * Calls the method.
	 * @return what the method returns
	 */
	@Nullable Object call(GuardedCall call, Throwable error) throws Throwable {
		FallbackMethods methods = call.method().fallbackMethod();
		if (methods == null || this.method == null) {
			throw error;
		}
		return methods.call(this.method, call, error);
	}

}
