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
import java.util.List;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmBreaker;
import io.github.llmbreaker.OutcomeScope;
import org.jspecify.annotations.Nullable;

/**
 * The breaker of one model or of one provider.
 *
 * @since 0.1.0
 */
public final class Breaker implements LlmBreaker {

	@Override
	public String name() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Returns whether it is a model's or a provider's.
	 * @return {@link OutcomeScope#MODEL} or {@link OutcomeScope#PROVIDER}
	 */
	public OutcomeScope scope() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Returns the provider's id.
	 * @return the id
	 */
	public String provider() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Returns the endpoint that is part of the breaker's name.
	 * @return the endpoint, or {@code null}
	 */
	public @Nullable String endpoint() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Returns the model that is part of the breaker's name.
	 * @return the model, or {@code null} for a provider's breaker
	 */
	public @Nullable String model() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Returns its policy.
	 * @return the policy
	 */
	public BreakerPolicy policy() {
		throw new UnsupportedOperationException();
	}

	@Override
	public BreakerState state() {
		throw new UnsupportedOperationException();
	}

	@Override
	public Duration remainingCooldown() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void forceOpen(@Nullable Duration duration) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void close() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void disable() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void halfOpen() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void reset() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Returns everything there is to say about it, as of now.
	 * @return the snapshot
	 */
	public BreakerSnapshot snapshot() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Returns the last 100 things that happened to it, oldest first.
	 * @return the events
	 */
	public List<BreakerEvent> events() {
		throw new UnsupportedOperationException();
	}

}
