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
