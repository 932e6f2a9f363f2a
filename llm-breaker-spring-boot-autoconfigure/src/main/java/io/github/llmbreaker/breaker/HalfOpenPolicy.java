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

import org.springframework.util.Assert;

/**
 * How a breaker probes.
 *
 * @param calls probes admitted in total, all of which must succeed to close; at least 1
 * @param timeout after which a probe that has not ended loses its vote and its place
 * @since 0.1.0
 */
public record HalfOpenPolicy(int calls, Duration timeout) {

	/**
	 * Checks the numbers.
	 * @throws IllegalArgumentException if one is out of its bounds
	 */
	public HalfOpenPolicy {
		Assert.isTrue(calls >= 1, () -> "'halfOpenCalls' must be at least 1 (was " + calls + ")");
		Assert.isTrue(!timeout.isNegative() && !timeout.isZero(),
				() -> "'halfOpenTimeout' must be positive (was " + timeout + ")");
	}

}
