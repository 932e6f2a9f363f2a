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

package io.github.llmbreaker.breaker;

import java.time.Duration;

import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the way of calls to one target: the provider's breaker and the model's.
 *
 * @since 0.1.0
 */
public final class TargetGate {

	/**
	 * Returns what is called.
	 * @return the target
	 */
	public LlmTarget target() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Returns what is configured for these calls.
	 * @return the policy
	 */
	public CallPolicy policy() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Returns the provider's breaker.
	 * @return the breaker
	 */
	public Breaker providerBreaker() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Returns the model's breaker.
	 * @return the breaker; {@code null} for calls that run no model
	 */
	public @Nullable Breaker modelBreaker() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Asks for the permits of a call.
	 * @param outer the guarded call that this call is part of; {@code null} if none.
	 * Breakers whose permit it holds are not asked again
	 * @return the permit, to be completed exactly once
	 * @throws LlmCallRejectedException if a breaker rejects the call
	 */
	public CallPermit acquire(@Nullable CallPermit outer) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Whether a call would be admitted now. Takes no permit and counts nothing.
	 * @return whether no breaker is in the way
	 */
	public boolean isCallable() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Tells listeners that a call is tried again.
	 * @param delay the wait before
	 */
	public void retrying(Duration delay) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Tells listeners that another target is tried instead.
	 * @param to the other target's gate
	 */
	public void fallingBackTo(TargetGate to) {
		throw new UnsupportedOperationException();
	}

}
