// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.springai;

import java.net.URI;
import java.util.List;
import java.util.Map;

import io.github.llmbreaker.provider.LlmProviders;
import io.github.llmbreaker.provider.LlmRoute;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeansException;
import org.springframework.beans.DirectFieldAccessor;

/**
 * Knows whose models the classes of Spring AI ask. Many providers are asked by models of
 * the vendor whose API they speak: these were told another address.
 *
 * @since 0.1.0
 */
public final class ModelVendors {

	private static final Map<String, String> PACKAGES = Map.of("org.springframework.ai.openai.", "openai",
			"org.springframework.ai.anthropic.", "anthropic", "org.springframework.ai.google.genai.", "google-gemini",
			"org.springframework.ai.ollama.", "ollama", "org.springframework.ai.mistralai.", "mistral",
			"org.springframework.ai.deepseek.", "deepseek", "org.springframework.ai.bedrock.", "aws-bedrock");

	private static final List<String> ADDRESSES = List.of("options.baseUrl", "openAiClient.clientOptions.baseUrl",
			"anthropicClient.clientOptions.baseUrl");

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
		for (String path : (usual != null) ? ADDRESSES : List.<String>of()) {
			if (read(model, path) instanceof String address && !address.isEmpty()) {
				LlmRoute route = route(providers, address);
				return (route != null) ? route.provider().id() : usual;
			}
		}
		return usual;
	}

	/**
	 * Returns the name of what a model asks if a call names nothing.
	 */
	static @Nullable String modelOf(Object model) {
		return (read(model, "options.model") instanceof String name) ? name : null;
	}

	private static @Nullable LlmRoute route(LlmProviders providers, String address) {
		try {
			return providers.route(URI.create(address));
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static @Nullable Object read(Object model, String path) {
		try {
			return new DirectFieldAccessor(model).getPropertyValue(path);
		}
		catch (BeansException ex) {
			// models of this class have no such field, or nothing in it
			return null;
		}
	}

}
