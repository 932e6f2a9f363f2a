/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.llmbreaker.provider;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The providers that this application knows: built-in ones and configured ones.
 *
 * @since 0.1.0
 */
public final class LlmProviders {

	/**
	 * Returns the dialects that come with the library.
	 * @return one for each built-in provider
	 */
	public static List<LlmDialect> builtInDialects() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Creates the providers of an application.
	 * @param dialects all dialects; each with hosts is a provider by itself. Of two with
	 * the same id the later wins
	 * @param configured the configured ones; one with the id of a built-in adds its base
	 * URLs to the built-in hosts
	 * @throws IllegalArgumentException if two providers claim one URL
	 */
	public LlmProviders(Collection<LlmDialect> dialects, Collection<LlmProvider> configured) {
	}

	/**
	 * Tells whose a URL is; the longest matching prefix wins.
	 * @param url the URL of a request
	 * @return the route, or {@code null} if it is no LLM call
	 */
	public @Nullable LlmRoute route(URI url) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Finds a provider.
	 * @param id its id
	 * @return the provider, or empty
	 */
	public Optional<LlmProvider> find(String id) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Returns all providers.
	 * @return sorted by id
	 */
	public Collection<LlmProvider> all() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Whether calls to an endpoint run a model, as opposed to listing models, counting
	 * tokens and the like.
	 * @param endpoint the canonical endpoint name
	 * @return whether a model's breaker is in their way
	 */
	public static boolean isInference(String endpoint) {
		throw new UnsupportedOperationException();
	}

}
