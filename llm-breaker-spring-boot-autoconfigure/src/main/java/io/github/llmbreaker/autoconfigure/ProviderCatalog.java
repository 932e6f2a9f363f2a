// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.github.llmbreaker.provider.LlmDialect;
import io.github.llmbreaker.provider.LlmProvider;
import io.github.llmbreaker.provider.LlmProviders;
import io.github.llmbreaker.provider.Partition;
import io.github.llmbreaker.provider.dialect.BuiltInDialects;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Makes the providers of an application from what is configured.
 */
final class ProviderCatalog {

	private static final PropertyCheck CHECK = new PropertyCheck(LlmBreakerProperties.PREFIX).at("providers");

	private final Map<String, LlmDialect> dialects = new LinkedHashMap<>();

	private final Map<URI, String> claims = new LinkedHashMap<>();

	/**
	 * Creates the catalog.
	 * @param own the application's own dialects
	 */
	ProviderCatalog(Stream<LlmDialect> own) {
		BuiltInDialects.all().forEach((dialect) -> this.dialects.put(dialect.id(), dialect));
		own.forEach((dialect) -> this.dialects.put(dialect.id(), dialect));
	}

	/**
	 * Makes the providers.
	 * @param configured what is configured, by the provider's id
	 * @param partition whose calls have breakers of their own
	 * @return all providers
	 */
	LlmProviders create(Map<String, ProviderProperties> configured, Partition partition) {
		List<LlmProvider> providers = new ArrayList<>();
		configured.forEach((id, properties) -> providers.add(provider(id, properties)));
		try {
			return new LlmProviders(this.dialects.values(), providers, partition);
		}
		catch (IllegalArgumentException ex) {
			throw new LlmBreakerConfigurationException(CHECK.prefix(), null, "can't be: " + ex.getMessage(),
					"Correct the base URLs of the providers.");
		}
	}

	private LlmProvider provider(String id, ProviderProperties properties) {
		if (!id.matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?")) {
			throw CHECK.entry(id)
				.failure(id, "must be named with lower-case letters, digits and inner hyphens only",
						"Rename the provider, for example to 'my-vllm'.");
		}
		PropertyCheck check = CHECK.at(id);
		LlmDialect dialect = dialect(check, id, properties.dialect());
		List<URI> urls = urls(check, id, properties.baseUrls());
		if (urls.isEmpty() && !isBuiltIn(id)) {
			throw check.invalid("base-urls", properties.baseUrls(),
					"must be set, as '%s' is no built-in provider".formatted(id),
					"Set it to the URLs of the provider, such as http://vllm.internal:8000/v1, or correct the name to one of: %s."
						.formatted(String.join(", ", new TreeSet<>(builtIn()))));
		}
		return new LlmProvider(id, dialect, urls, StringUtils.hasText(properties.apiKey()) ? properties.apiKey() : null,
				ProviderHeaders.parse(check.at("headers"), properties.headers()));
	}

	private boolean isBuiltIn(String id) {
		return builtIn().contains(id);
	}

	private List<String> builtIn() {
		return this.dialects.values()
			.stream()
			.filter((dialect) -> !dialect.hosts().isEmpty())
			.map(LlmDialect::id)
			.toList();
	}

	private LlmDialect dialect(PropertyCheck check, String id, @Nullable String configured) {
		String wanted = StringUtils.hasText(configured) ? configured
				: this.dialects.containsKey(id) ? id : LlmProviders.DEFAULT_DIALECT;
		LlmDialect dialect = this.dialects.get(wanted);
		if (dialect == null) {
			throw check.invalid("dialect", wanted, "must be the id of a dialect",
					"Set it to one of: %s.".formatted(String.join(", ", new TreeSet<>(this.dialects.keySet()))));
		}
		return dialect;
	}

	private List<URI> urls(PropertyCheck check, String id, @Nullable List<String> configured) {
		List<URI> urls = new ArrayList<>();
		for (String text : (configured != null) ? configured : List.<String>of()) {
			String key = "base-urls[%d]".formatted(urls.size());
			URI url = BaseUrl.parse(check, key, text);
			String owner = this.claims.putIfAbsent(BaseUrl.canonical(url), id);
			if (owner != null) {
				throw check.invalid(key, text,
						owner.equals(id) ? "is there twice" : "is claimed by provider '%s', too".formatted(owner),
						"Remove it from one of the two.");
			}
			urls.add(url);
		}
		return urls;
	}

}
