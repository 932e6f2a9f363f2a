// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.llmbreaker.provider.LlmDialect;
import io.github.llmbreaker.provider.LlmProvider;
import io.github.llmbreaker.provider.LlmProviders;
import io.github.llmbreaker.provider.Partition;
import io.github.llmbreaker.provider.dialect.BuiltInDialects;
import io.github.llmbreaker.provider.request.RequestRewrite;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Makes the providers of an application from what is configured.
 */
final class ProviderCatalog {

	private static final PropertyCheck CHECK = new PropertyCheck(LlmBreakerProperties.PREFIX).at("providers");

	private static final String EXAMPLE_URL = "Set it to a URL such as http://vllm.internal:8000/v1.";

	private static final Map<String, Integer> DEFAULT_PORTS = Map.of("http", 80, "https", 443);

	private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

	private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f&&[^\\t]]");

	private final Map<String, LlmDialect> dialects = new LinkedHashMap<>();

	private final Map<URI, String> claims = new LinkedHashMap<>();

	ProviderCatalog(Stream<LlmDialect> own) {
		BuiltInDialects.all().forEach((dialect) -> this.dialects.put(dialect.id(), dialect));
		own.forEach((dialect) -> this.dialects.put(dialect.id(), dialect));
	}

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
		if (urls.isEmpty() && !builtIn().contains(id)) {
			throw check.invalid("base-urls", properties.baseUrls(),
					"must be set, as '%s' is no built-in provider".formatted(id),
					"Set it to the URLs of the provider, such as http://vllm.internal:8000/v1, or correct the name to one of: %s."
						.formatted(String.join(", ", new TreeSet<>(builtIn()))));
		}
		return new LlmProvider(id, dialect, urls, StringUtils.hasText(properties.apiKey()) ? properties.apiKey() : null,
				headers(check.at("headers"), properties.headers()));
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
			URI url = url(check, key, text);
			String owner = this.claims.putIfAbsent(canonical(url), id);
			if (owner != null) {
				throw check.invalid(key, text,
						owner.equals(id) ? "is there twice" : "is claimed by provider '%s', too".formatted(owner),
						"Remove it from one of the two.");
			}
			urls.add(url);
		}
		return urls;
	}

	private static URI url(PropertyCheck check, String key, String text) {
		URI url = parse(text);
		if (url == null || !DEFAULT_PORTS.containsKey(scheme(url)) || url.getHost() == null) {
			throw check.invalid(key, text, "must be an http or https URL with a host", EXAMPLE_URL);
		}
		if (url.getRawUserInfo() != null) {
			throw check.invalid(key, null, "must not hold credentials", "Remove them; keys belong to 'api-key'.");
		}
		if (url.getRawQuery() != null || url.getRawFragment() != null) {
			throw check.invalid(key, null, "must not have a query or fragment", EXAMPLE_URL);
		}
		return url;
	}

	/**
	 * Returns the form in which two URLs are equal when they claim the same.
	 */
	private static URI canonical(URI url) {
		int port = (url.getPort() >= 0) ? url.getPort() : DEFAULT_PORTS.getOrDefault(scheme(url), -1);
		String path = StringUtils.trimTrailingCharacter(url.getRawPath(), '/');
		return URI.create("//" + url.getHost().toLowerCase(Locale.ROOT) + ':' + port + path);
	}

	private static String scheme(URI url) {
		return (url.getScheme() != null) ? url.getScheme().toLowerCase(Locale.ROOT) : "";
	}

	private static @Nullable URI parse(String text) {
		try {
			return new URI(text.strip());
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

	/** Their values are secrets: no message shows one. */
	private static Map<String, String> headers(PropertyCheck check, @Nullable Map<String, String> configured) {
		Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		if (configured != null) {
			configured.forEach((name, value) -> addHeader(headers, check.entry(name), name, value));
		}
		return headers;
	}

	private static void addHeader(Map<String, String> headers, PropertyCheck check, String name,
			@Nullable String value) {
		if (!HEADER_NAME.matcher(name).matches()) {
			throw check.failure(null, "must be named like an HTTP header",
					"Rename it, for example to X-Tenant; names with other characters than letters, digits and hyphens "
							+ "are written in brackets: \"[x_tenant]\".");
		}
		if (RequestRewrite.isFraming(name)) {
			throw check.failure(null, "must not be set, as only the HTTP client knows its value", "Remove it.");
		}
		if (value == null || !StringUtils.hasText(value)) {
			return;
		}
		if (CONTROL.matcher(value.strip()).find()) {
			throw check.failure(null, "must not hold line breaks or other control characters", "Remove them.");
		}
		if (headers.put(name, value.strip()) != null) {
			throw check.failure(null, "is there twice", "Remove one of the two; the case of letters is no difference.");
		}
	}

}
