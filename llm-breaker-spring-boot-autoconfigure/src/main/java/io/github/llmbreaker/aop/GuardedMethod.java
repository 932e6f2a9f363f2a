// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.lang.reflect.Method;
import java.util.List;

import io.github.llmbreaker.breaker.FallbackModel;
import org.jspecify.annotations.Nullable;

/**
 * A guarded method, as found out once at the start.
 *
 * @param method the method as its class declares it
 * @param target what it calls
 * @param fallbackModels the models of its own to call instead
 * @param fallbackCache the cache that answers instead
 * @param fallbackMethod the methods that answer instead
 * @param style how it is run
 */
record GuardedMethod(Method method, CalledTarget target, List<FallbackModel> fallbackModels,
		@Nullable AnswerCache fallbackCache, @Nullable FallbackMethods fallbackMethod, CallStyle style) {

	/**
	 * Whether it says itself who may answer instead.
	 */
	boolean hasFallbacks() {
		return !this.fallbackModels.isEmpty() || this.fallbackCache != null || this.fallbackMethod != null;
	}

}
