// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

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
