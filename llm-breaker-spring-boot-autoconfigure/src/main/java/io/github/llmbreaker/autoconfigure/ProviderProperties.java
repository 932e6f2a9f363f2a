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

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * What is set for one provider.
 *
 * @param dialect Id of the dialect its API speaks; by default that of the built-in
 * provider with this id, else openai.
 * @param baseUrls URLs below which it is reached, besides those of the built-in provider
 * with this id; fallbacks use the first.
 * @param apiKey Key for calls that fall back to it from another provider.
 * @param breaker Policy of this provider's breaker.
 */
record ProviderProperties(@Nullable String dialect, @Nullable List<String> baseUrls, @Nullable String apiKey,
		@NestedConfigurationProperty @Nullable PolicyProperties breaker) {

	/**
	 * Leaves the key out.
	 */
	@Override
	public String toString() {
		return "ProviderProperties[dialect=%s, baseUrls=%s, breaker=%s]".formatted(this.dialect, this.baseUrls,
				this.breaker);
	}

}
