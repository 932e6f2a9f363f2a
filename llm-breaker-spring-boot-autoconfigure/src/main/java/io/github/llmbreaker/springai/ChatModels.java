// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.springai;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.beans.factory.ListableBeanFactory;

/**
 * The chat models of the application by their providers.
 */
final class ChatModels {

	private static final Map<String, String> PACKAGES = Map.of("org.springframework.ai.openai.", "openai",
			"org.springframework.ai.anthropic.", "anthropic", "org.springframework.ai.google.genai.", "google-gemini",
			"org.springframework.ai.ollama.", "ollama", "org.springframework.ai.mistralai.", "mistral",
			"org.springframework.ai.deepseek.", "deepseek", "org.springframework.ai.bedrock.", "aws-bedrock");

	private final ListableBeanFactory beans;

	private final Map<String, String> named;

	/**
	 * Creates it.
	 * @param beans the beans of the application
	 * @param named the names of beans by provider, where the type does not say it
	 */
	ChatModels(ListableBeanFactory beans, Map<String, String> named) {
		this.beans = beans;
		this.named = named;
	}

	/**
	 * Returns whose model a bean is; {@code null} if that is not known.
	 */
	@Nullable String provider(String bean, ChatModel model) {
		for (Map.Entry<String, String> entry : this.named.entrySet()) {
			if (entry.getValue().equals(bean)) {
				return entry.getKey();
			}
		}
		return provider(model.getClass());
	}

	/**
	 * Returns the model of a provider as it is without fallbacks; {@code null} if there
	 * is none.
	 */
	@Nullable ChatModel of(String provider) {
		String name = this.named.get(provider);
		if (name != null) {
			String raw = ChatModelDefinitions.rawName(name);
			return this.beans.getBean(this.beans.containsBean(raw) ? raw : name, ChatModel.class);
		}
		for (String bean : this.beans.getBeanNamesForType(ChatModel.class, false, true)) {
			Class<?> type = this.beans.getType(bean, false);
			if (type != null && provider.equals(provider(type))) {
				return this.beans.getBean(bean, ChatModel.class);
			}
		}
		return null;
	}

	private static @Nullable String provider(Class<?> type) {
		return PACKAGES.entrySet()
			.stream()
			.filter((entry) -> type.getName().startsWith(entry.getKey()))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(null);
	}

}
