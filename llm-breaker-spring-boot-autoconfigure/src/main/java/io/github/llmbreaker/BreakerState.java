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

/**
 * State of a circuit breaker.
 *
 * @since 0.1.0
 */
public enum BreakerState {

	/** Calls pass and are counted. */
	CLOSED,

	/** Calls are rejected until the cooldown is over. */
	OPEN,

	/** A limited number of probes pass and decide what comes next. */
	HALF_OPEN,

	/** Opened by hand: calls are rejected for a given time, or until told otherwise. */
	FORCED_OPEN,

	/** Calls pass and are not counted. */
	DISABLED

}
