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

import io.github.llmbreaker.LlmTarget;

/**
 * Tells which policy is in force for whom. Asked once per target, the answer is kept.
 *
 * @since 0.1.0
 */
public interface LlmPolicies {

	/**
	 * Returns the policy of the calls to a target and of its model breaker.
	 * @param target the target
	 * @return the policy
	 */
	CallPolicy forTarget(LlmTarget target);

	/**
	 * Returns the policy of a provider's breaker.
	 * @param provider the provider's id
	 * @return the policy
	 */
	BreakerPolicy forProvider(String provider);

}
