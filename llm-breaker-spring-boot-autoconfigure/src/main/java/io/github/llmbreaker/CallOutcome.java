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

package io.github.llmbreaker;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * How one call ended and what that means.
 *
 * @param kind how the call ended
 * @param scope whom a failure is about
 * @param countsAsFailure whether it counts as a failure under the policy in force
 * @param retryAfter how long the provider asks to wait, before any cap; {@code null}
 * without a hint
 * @param status the HTTP status; {@code null} if there was no answer
 * @since 0.1.0
 */
public record CallOutcome(OutcomeKind kind, OutcomeScope scope, boolean countsAsFailure, @Nullable Duration retryAfter,
		@Nullable Integer status) {

	/**
	 * Checks that kind and scope are there.
	 */
	public CallOutcome {
		Objects.requireNonNull(kind, "'kind' must not be null");
		Objects.requireNonNull(scope, "'scope' must not be null");
	}

}
