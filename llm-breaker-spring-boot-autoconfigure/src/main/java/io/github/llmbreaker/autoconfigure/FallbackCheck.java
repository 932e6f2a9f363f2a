// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.github.llmbreaker.breaker.FallbackModel;
import io.github.llmbreaker.provider.LlmProvider;
import io.github.llmbreaker.provider.LlmProviders;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Stops the application for fallbacks that no call could take.
 * <p>
 * Where the calls of a policy come from is known for patterns that name the provider, and
 * for families of models that are at home with one vendor. Calls of other patterns may
 * come from any provider that is configured.
 */
final class FallbackCheck {

	/** First letters of a vendor's own models, and where they are. */
	private static final Map<String, String> HOMES = Map.of("gpt-", "openai", "claude", "anthropic", "gemini",
			"google-gemini", "grok", "xai", "deepseek", "deepseek", "command", "cohere", "mistral", "mistral");

	/**
	 * What can follow the colon in a model's name besides a text with a leading digit.
	 */
	private static final Set<String> TAGS = Set.of("latest", "free", "instruct", "chat", "text", "code", "vision",
			"base", "mini", "medium", "small", "large", "cloud", "online", "beta", "extended", "thinking", "nitro",
			"floor", "exacto");

	private static final String OPENAI = "openai";

	private final LlmProviders providers;

	private final LlmBreakerProperties properties;

	private final ExpectedFallbackBeans beans;

	FallbackCheck(LlmProviders providers, LlmBreakerProperties properties, ExpectedFallbackBeans beans) {
		this.providers = providers;
		this.properties = properties;
		this.beans = beans;
	}

	void run() {
		PropertyCheck root = new PropertyCheck(LlmBreakerProperties.PREFIX);
		check(root.at("defaults"), this.properties.defaults());
		this.properties.policies().forEach((name, policy) -> check(root.at("policies").entry(name), policy));
	}

	private void check(PropertyCheck check, PolicyProperties policy) {
		List<String> fallbacks = (policy.fallbacks() != null) ? policy.fallbacks() : List.of();
		List<ModelPattern> served = policy.patterns()
			.stream()
			.map((pattern) -> ModelPattern.parse(pattern, this::isProvider))
			.toList();
		for (int i = 0; i < fallbacks.size(); i++) {
			check(check.at("fallbacks[%d]".formatted(i)), fallbacks.get(i), served);
		}
	}

	private void check(PropertyCheck check, String name, List<ModelPattern> served) {
		FallbackModel fallback = FallbackModel.parse(name, this::isProvider);
		if (fallback.provider() == null) {
			checkModel(check, name);
			return;
		}
		LlmProvider provider = this.providers.find(fallback.provider()).orElseThrow();
		if (fallback.model().isBlank()) {
			throw check.failure(name, "must name a model", "Write it as %s:model.".formatted(provider.id()));
		}
		if (served.stream().noneMatch((pattern) -> isServedBy(pattern, provider.id()))) {
			LlmBreakerConfigurationException mistake = checkOther(check, name, provider, fallback.model(), served);
			if (mistake != null && !this.beans.mayAnswer(provider.id(), mistake)) {
				throw mistake;
			}
		}
	}

	private void checkModel(PropertyCheck check, String name) {
		int colon = name.indexOf(':');
		if (colon > 0 && looksLikeProvider(name.substring(0, colon)) && !looksLikeTag(name.substring(colon + 1))) {
			throw check.failure(name,
					"can't be reached, as there is no provider '%s'".formatted(name.substring(0, colon)),
					"""
							Use one of the providers %s, or configure 'llm-breaker.providers.%s'. If this is the whole name \
							of a model, write its provider in front of it, such as ollama:%s."""
						.formatted(ids(), name.substring(0, colon), name));
		}
	}

	private @Nullable LlmBreakerConfigurationException checkOther(PropertyCheck check, String name,
			LlmProvider provider, String model, List<ModelPattern> served) {
		if (provider.apiKey() == null) {
			return check.failure(name, "can't be reached, as provider '%s' has no API key".formatted(provider.id()), """
					Set 'llm-breaker.providers.%s.api-key' (to any text if it needs none), or write %s if a \
					model of the same provider is meant. If this is the whole name of a model, write its \
					provider in front of it, such as ollama:%s.""".formatted(provider.id(), model, name));
		}
		if (!provider.hasAddress()) {
			return check.failure(name, "can't be reached, as provider '%s' has no base URL".formatted(provider.id()),
					"Set 'llm-breaker.providers.%s.base-urls'.".formatted(provider.id()));
		}
		if (served.stream()
			.map(this::family)
			.noneMatch((family) -> family == null || family.equals(provider.dialect().family()))) {
			return check.failure(name,
					"can't be reached, as provider '%s' has another API (dialect '%s') than the calls it is for"
						.formatted(provider.id(), provider.dialect().id()),
					"Use a model of a provider with the same dialect.");
		}
		return null;
	}

	/**
	 * Returns the family of dialects that the calls of a pattern speak; {@code null} if
	 * not known.
	 */
	private @Nullable String family(ModelPattern pattern) {
		if (pattern.provider() != null) {
			return this.providers.find(pattern.provider()).orElseThrow().dialect().family();
		}
		return OPENAI.equals(home(pattern.model())) ? OPENAI : null;
	}

	private boolean isServedBy(ModelPattern pattern, String provider) {
		if (pattern.provider() != null) {
			// partitions of a provider are reached like the provider
			return this.providers.find(pattern.provider()).orElseThrow().id().equals(provider);
		}
		String home = home(pattern.model());
		if (home != null && HOMES.containsValue(provider)) {
			return home.equals(provider);
		}
		ProviderProperties configured = this.properties.providers().get(provider);
		// a key is for calls from elsewhere, also if its variable has turned out to be
		// empty
		return configured != null && (configured.apiKey() == null || StringUtils.hasText(configured.apiKey()));
	}

	private static @Nullable String home(String model) {
		String name = model.toLowerCase(Locale.ROOT);
		return HOMES.keySet().stream().filter(name::startsWith).map(HOMES::get).findFirst().orElse(null);
	}

	private static boolean looksLikeProvider(String text) {
		return text.matches("[a-z]+(-[a-z]+)*") && !Set.of("ft", "arn").contains(text);
	}

	private static boolean looksLikeTag(String text) {
		return text.isEmpty() || Character.isDigit(text.charAt(0)) || TAGS.contains(text.split("-", 2)[0]);
	}

	private boolean isProvider(String text) {
		return this.providers.find(text).isPresent();
	}

	private List<String> ids() {
		return this.providers.all().stream().map(LlmProvider::id).sorted().toList();
	}

}
