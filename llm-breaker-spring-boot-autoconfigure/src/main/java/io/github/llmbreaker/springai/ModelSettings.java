// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.springai;

import java.net.URI;
import java.util.List;

import io.github.llmbreaker.provider.LlmProviders;
import io.github.llmbreaker.provider.LlmRoute;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeansException;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.beans.PropertyAccessor;

/**
 * Reads what a model of Spring AI was built with. Many providers are asked by models of
 * the vendor whose API they speak: these were told another address.
 */
final class ModelSettings {

	private static final List<String> ADDRESSES = List.of("options.baseUrl", "openAiClient.clientOptions.baseUrl",
			"anthropicClient.clientOptions.baseUrl");

	private ModelSettings() {
	}

	/**
	 * Returns the provider that a model asks.
	 * @param providers the providers of the application
	 * @param model the model
	 * @param usual the one that models of its class usually ask
	 */
	static String provider(LlmProviders providers, Object model, String usual) {
		for (String path : ADDRESSES) {
			if (read(model, path) instanceof String address && !address.isEmpty()) {
				LlmRoute route = route(providers, address);
				return (route != null) ? route.provider().id() : usual;
			}
		}
		return usual;
	}

	/**
	 * Returns the name of the model that is asked if a call names none.
	 */
	static @Nullable String model(Object model) {
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
		PropertyAccessor fields = new DirectFieldAccessor(model);
		try {
			return fields.getPropertyValue(path);
		}
		catch (BeansException ex) {
			// models of this class have no such field, or nothing in it
			return null;
		}
	}

}
