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

package io.github.llmbreaker.autoconfigure;

import java.util.function.Predicate;

import io.github.llmbreaker.breaker.FallbackModel;

/**
 * Reads the names of fallback models.
 *
 * @param isProvider tells whether a text is the id of a provider
 */
record FallbackParser(Predicate<String> isProvider) {

	/**
	 * Reads one name: {@code model}, or {@code provider:model} where the part before the
	 * first colon is a provider's id.
	 * @param name the name as configured
	 * @return the model
	 */
	FallbackModel parse(String name) {
		int colon = name.indexOf(':');
		if (colon > 0 && this.isProvider.test(name.substring(0, colon))) {
			return new FallbackModel(name.substring(0, colon), name.substring(colon + 1));
		}
		return new FallbackModel(null, name);
	}

}
