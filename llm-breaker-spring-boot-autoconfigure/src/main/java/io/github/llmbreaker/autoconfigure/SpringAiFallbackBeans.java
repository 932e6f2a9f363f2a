// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.Map;
import java.util.function.Supplier;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Tells which providers have a model of Spring AI in the application, which answers for
 * those of all others.
 *
 * @param beans the beans of the application
 * @param settings how Spring AI is completed
 */
record SpringAiFallbackBeans(ListableBeanFactory beans,
		LlmBreakerProperties.SpringAiProperties settings) implements FallbackBeans {

	private static final Map<String, String> TYPES = Map.of("openai", "org.springframework.ai.openai.OpenAiChatModel",
			"anthropic", "org.springframework.ai.anthropic.AnthropicChatModel", "google-gemini",
			"org.springframework.ai.google.genai.GoogleGenAiChatModel", "ollama",
			"org.springframework.ai.ollama.OllamaChatModel", "mistral",
			"org.springframework.ai.mistralai.MistralAiChatModel", "deepseek",
			"org.springframework.ai.deepseek.DeepSeekChatModel");

	@Override
	public boolean mayAnswer(String provider, Supplier<? extends RuntimeException> otherwise) {
		return this.settings.models().containsKey(provider) || hasBean(provider);
	}

	private boolean hasBean(String provider) {
		String type = TYPES.get(provider);
		ClassLoader loader = getClass().getClassLoader();
		return type != null && ClassUtils.isPresent(type, loader)
				&& this.beans.getBeanNamesForType(ClassUtils.resolveClassName(type, loader), true, false).length > 0;
	}

}
