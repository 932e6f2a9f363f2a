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

import java.util.List;
import java.util.Optional;

import io.github.llmbreaker.LlmTarget;

/**
 * Creates, finds and evicts breakers, never more than its bound.
 *
 * @since 0.1.0
 */
public final class BreakerRegistry {

	/**
	 * Creates an empty registry.
	 * @param settings what it is built from
	 */
	public BreakerRegistry(BreakerSettings settings) {
	}

	/**
	 * Returns the gate of a target, made on first use.
	 * @param target the target
	 * @return the gate
	 */
	public TargetGate gate(LlmTarget target) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Finds a breaker. Never creates one.
	 * @param name the breaker's name
	 * @return the breaker, or empty
	 */
	public Optional<Breaker> find(String name) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Returns all breakers, sorted by name.
	 * @return a snapshot
	 */
	public List<Breaker> all() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Returns the mode.
	 * @return the mode
	 */
	public BreakerMode mode() {
		throw new UnsupportedOperationException();
	}

}
