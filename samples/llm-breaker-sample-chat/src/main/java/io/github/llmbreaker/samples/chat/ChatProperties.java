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

package io.github.llmbreaker.samples.chat;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the two models are.
 *
 * @param openai the provider of {@code /chat/gpt}
 * @param anthropic the provider of {@code /chat/claude}
 */
@ConfigurationProperties("chat")
record ChatProperties(Provider openai, Provider anthropic) {

	/**
	 * One provider.
	 *
	 * @param baseUrl the URL that all calls start with
	 * @param apiKey the key; never printed
	 * @param model the model to ask
	 */
	record Provider(String baseUrl, String apiKey, String model) {

		@Override
		public String toString() {
			return "Provider[baseUrl=%s, model=%s]".formatted(this.baseUrl, this.model);
		}

	}

}
