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
 * Changes the judgement of calls. Beans of this type see every outcome after the policy
 * has decided whether it counts, and before a breaker hears of it.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface OutcomeCustomizer {

	/**
	 * Returns the outcome to use.
	 * @param target what was called
	 * @param outcome the outcome so far
	 * @return the same or another outcome; one that counts but has the scope
	 * {@link OutcomeScope#NONE} counts on the model's breaker
	 */
	CallOutcome customize(LlmTarget target, CallOutcome outcome);

}
