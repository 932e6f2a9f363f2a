// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

import io.github.llmbreaker.LlmTarget;
import org.jspecify.annotations.Nullable;

/**
 * The providers that this application knows: built-in ones and configured ones.
 *
 * @since 0.1.0
 */
public final class LlmProviders {

	/** The dialect of everyone of whom nothing else is said. */
	public static final String DEFAULT_DIALECT = "openai";

	private static final Set<String> NO_INFERENCE = Set.of("models", "messages.count_tokens", "countTokens",
			"count-tokens", LlmOperation.UNKNOWN.endpoint());

	private final Map<String, LlmProvider> providers = new TreeMap<>();

	private final Map<String, List<String>> builtInHosts = new LinkedHashMap<>();

	private final UrlIndex index;

	private final UnguardedHosts unguarded;

	private final @Nullable CredentialNames partitions;

	private volatile @Nullable Function<LlmTarget, @Nullable LlmProvider> standIns;

	/**
	 * Creates the providers of an application, whose calls share breakers whatever their
	 * credential is.
	 * @param dialects all dialects; each with hosts is a provider by itself. Of two with
	 * the same id the later wins
	 * @param configured the configured ones; one with the id of a built-in adds its base
	 * URLs to the built-in hosts
	 * @throws IllegalArgumentException if two providers claim one URL
	 */
	public LlmProviders(Collection<LlmDialect> dialects, Collection<LlmProvider> configured) {
		this(dialects, configured, Partition.NONE);
	}

	/**
	 * Creates the providers of an application.
	 * @param dialects all dialects; each with hosts is a provider by itself. Of two with
	 * the same id the later wins
	 * @param configured the configured ones; one with the id of a built-in adds its base
	 * URLs to the built-in hosts
	 * @param partition whose calls have breakers of their own
	 * @throws IllegalArgumentException if two providers claim one URL
	 */
	public LlmProviders(Collection<LlmDialect> dialects, Collection<LlmProvider> configured, Partition partition) {
		Map<String, LlmDialect> byId = new LinkedHashMap<>();
		dialects.forEach((dialect) -> byId.put(dialect.id(), dialect));
		configured.forEach((provider) -> this.providers.put(provider.id(), provider));
		List<UrlClaim> claims = new ArrayList<>();
		for (LlmDialect dialect : byId.values()) {
			if (!dialect.hosts().isEmpty()) {
				LlmProvider provider = this.providers.computeIfAbsent(dialect.id(),
						(id) -> new LlmProvider(id, dialect, List.of(), null));
				this.builtInHosts.put(dialect.id(), List.copyOf(dialect.hosts()));
				dialect.hosts().forEach((pattern) -> claims.add(UrlClaim.ofPattern(provider, pattern)));
			}
		}
		for (LlmProvider provider : configured) {
			provider.baseUrls().forEach((url) -> claims.add(UrlClaim.ofBaseUrl(provider, url)));
		}
		this.index = new UrlIndex(claims);
		this.unguarded = new UnguardedHosts(!claims.isEmpty());
		this.partitions = switch (partition) {
			case NONE -> null;
			case CREDENTIAL -> new CredentialNames();
		};
	}

	/**
	 * Tells whose a URL is; the longest matching prefix wins.
	 * @param url the URL of a request
	 * @return the route, or {@code null} if it is no LLM call
	 */
	public @Nullable LlmRoute route(URI url) {
		LlmProvider provider = this.index.find(url);
		if (provider == null) {
			String id = CloudflareGateway.providerOf(url);
			provider = (id != null) ? this.providers.get(id) : null;
		}
		if (provider == null) {
			return null;
		}
		String path = url.getRawPath();
		return new LlmRoute(provider, provider.dialect().operation((path != null && !path.isEmpty()) ? path : "/"));
	}

	/**
	 * Returns what is known about calls that nobody guards.
	 * @return the hosts that were called
	 */
	public UnguardedHosts unguarded() {
		return this.unguarded;
	}

	/**
	 * Finds a provider.
	 * @param name its id, or the name of one of its partitions, such as
	 * {@code openai@tenant-a}
	 * @return the provider, or empty
	 */
	public Optional<LlmProvider> find(String name) {
		int end = name.indexOf('@');
		return Optional.ofNullable(this.providers.get((end < 0) ? name : name.substring(0, end)));
	}

	/**
	 * Returns how to understand a provider, whether it is known or not.
	 * @param name as for {@link #find}
	 * @return its dialect, or the default one
	 */
	public Optional<LlmDialect> dialect(String name) {
		return find(name).or(() -> find(DEFAULT_DIALECT)).map(LlmProvider::dialect);
	}

	/**
	 * Returns the target that a call has which is made with the configured key of its
	 * provider.
	 * @param target the target of a call to another provider than the application's own
	 * @return the same target, in the partition of the key if there is one and it matters
	 */
	public LlmTarget withConfiguredKey(LlmTarget target) {
		if (this.partitions == null || target.partition() != null) {
			return target;
		}
		LlmProvider provider = this.providers.get(target.provider());
		String name = (provider != null) ? this.partitions.of(provider.id(), provider.apiKey()) : target.provider();
		return name.equals(target.provider()) ? target : new LlmTarget(name, target.endpoint(), target.model());
	}

	/**
	 * Has the calls to some targets sent to somebody else, who plays their provider in a
	 * test. Credentials don't go along.
	 * @param standIns returns who answers for a target, {@code null} if its own provider
	 * does; {@code null} itself if all do
	 */
	public void standIn(@Nullable Function<LlmTarget, @Nullable LlmProvider> standIns) {
		this.standIns = standIns;
	}

	/**
	 * Returns who plays the provider of a target in a test.
	 * @param target the target of a call
	 * @return its stand-in; {@code null} if its own provider answers
	 */
	public @Nullable LlmProvider standInFor(LlmTarget target) {
		Function<LlmTarget, @Nullable LlmProvider> standIns = this.standIns;
		return (standIns != null) ? standIns.apply(target) : null;
	}

	/**
	 * Whether calls with different credentials have breakers of their own.
	 * @return whether they do
	 */
	public boolean isPartitioned() {
		return this.partitions != null;
	}

	/**
	 * Returns how partitions are named; {@code null} if there are none.
	 */
	@Nullable CredentialNames partitions() {
		return this.partitions;
	}

	/**
	 * Returns all providers.
	 * @return sorted by id
	 */
	public Collection<LlmProvider> all() {
		return Collections.unmodifiableCollection(this.providers.values());
	}

	/**
	 * Returns the public hosts of a provider that need no configuration.
	 * @param id its id
	 * @return the hosts, maybe with {@code *}, a port or a path; empty if it has none
	 */
	public List<String> builtInHosts(String id) {
		return this.builtInHosts.getOrDefault(id, List.of());
	}

	/**
	 * Whether calls to an endpoint run a model, as opposed to listing models, counting
	 * tokens and the like.
	 * @param endpoint the canonical endpoint name
	 * @return whether a model's breaker is in their way
	 */
	public static boolean isInference(String endpoint) {
		return !NO_INFERENCE.contains(endpoint);
	}

}
