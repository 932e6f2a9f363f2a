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
import org.jspecify.annotations.Nullable;

/**
 * A model to ask instead.
 *
 * @param provider its provider; {@code null} for the provider of the call
 * @param model its name
 * @since 0.1.0
 */
public record FallbackModel(@Nullable String provider, String model) {

	/**
	 * Returns the target to call instead of another.
	 * @param original the target that is left
	 * @return this model at the same endpoint
	 */
	public LlmTarget insteadOf(LlmTarget original) {
		return new LlmTarget((this.provider != null) ? this.provider : original.provider(), original.endpoint(),
				this.model);
	}

}
