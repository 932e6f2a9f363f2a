// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.springai;

import java.util.Map;

import io.github.llmbreaker.provider.LlmProviders;
import org.jspecify.annotations.Nullable;

/**
 * Knows whose models the classes of Spring AI ask.
 *
 * @since 0.1.0
 */
public final class ModelVendors {

	private static final Map<String, String> PACKAGES = Map.of("org.springframework.ai.openai.", "openai",
			"org.springframework.ai.anthropic.", "anthropic", "org.springframework.ai.google.genai.", "google-gemini",
			"org.springframework.ai.ollama.", "ollama", "org.springframework.ai.mistralai.", "mistral",
			"org.springframework.ai.deepseek.", "deepseek", "org.springframework.ai.bedrock.", "aws-bedrock");

	private ModelVendors() {
	}

	/**
	 * Returns whom models of a class ask, unless they are told otherwise.
	 * @param type the class
	 * @return the provider's id; {@code null} if it is no class of a vendor
	 */
	public static @Nullable String of(Class<?> type) {
		return PACKAGES.entrySet()
			.stream()
			.filter((entry) -> type.getName().startsWith(entry.getKey()))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(null);
	}

	/**
	 * Returns whom a model asks, by the address that it was given, or its class.
	 * @param model the model
	 * @param providers the providers of the application
	 * @return the provider's id; {@code null} if it is no model of a vendor
	 */
	public static @Nullable String of(Object model, LlmProviders providers) {
		String usual = of(model.getClass());
		return (usual != null) ? ModelSettings.provider(providers, model, usual) : null;
	}

}
