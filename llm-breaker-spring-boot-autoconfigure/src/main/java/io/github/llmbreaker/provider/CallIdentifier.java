// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.net.URI;
import java.util.List;
import java.util.function.BiFunction;

import io.github.llmbreaker.LlmTarget;
import org.jspecify.annotations.Nullable;

/**
 * Tells of a request whether it is an LLM call, and which.
 *
 * @since 0.1.0
 */
public final class CallIdentifier {

	private final LlmProviders providers;

	/**
	 * Creates an identifier.
	 * @param providers the providers of the application
	 */
	public CallIdentifier(LlmProviders providers) {
		this.providers = providers;
	}

	/**
	 * Identifies a request by what the application says, else by its URL. A target that
	 * the application names without endpoint gets the one of the URL, if that is known; a
	 * partition without endpoint and model leaves both to the request. One of an unknown
	 * provider is judged as the OpenAI dialect. A call that looks like one to an LLM at a
	 * host that nobody claims is reported once.
	 * @param url the URL
	 * @param attribute the request's attribute {@link LlmTarget#ATTRIBUTE}; {@code null}
	 * if it has none
	 * @return the call, or {@code null} if the request passes unguarded
	 * @throws IllegalArgumentException if the attribute is no {@link LlmTarget}
	 */
	public @Nullable IdentifiedCall identify(URI url, @Nullable Object attribute) {
		if (attribute == null) {
			LlmRoute route = this.providers.route(url);
			if (route == null) {
				this.providers.unguarded().see(url);
				return null;
			}
			return new IdentifiedCall(route.provider(), route.operation(), null);
		}
		if (attribute instanceof LlmTarget target) {
			return LlmTarget.NONE.equals(target) ? null : given(target, url);
		}
		throw new IllegalArgumentException("Request attribute '%s' must be an LlmTarget (was a %s)"
			.formatted(LlmTarget.ATTRIBUTE, attribute.getClass().getName()));
	}

	/**
	 * Identifies a request, also by its credential where each has breakers of its own. A
	 * target that the application names in a partition stays there.
	 * @param url the URL
	 * @param attribute the request's attribute {@link LlmTarget#ATTRIBUTE}; {@code null}
	 * if it has none
	 * @param request the request
	 * @param headers returns the first value of a header of the request, whose name may
	 * be in any case; {@code null} if there is none. Not asked unless it matters
	 * @param <R> the type of the request
	 * @return the call, or {@code null} if the request passes unguarded
	 * @throws IllegalArgumentException if the attribute is no {@link LlmTarget}
	 */
	public <R> @Nullable IdentifiedCall identify(URI url, @Nullable Object attribute, R request,
			BiFunction<R, String, @Nullable String> headers) {
		IdentifiedCall call = identify(url, attribute);
		CredentialNames partitions = this.providers.partitions();
		if (call == null || partitions == null) {
			return call;
		}
		LlmProvider provider = call.provider();
		LlmTarget given = call.given();
		boolean named = !call.name().equals(provider.id()) || given != null && given.partition() != null;
		if (named) {
			return call;
		}
		String credential = provider.dialect().credential((name) -> headers.apply(request, name), url);
		String name = partitions.of(provider.id(), credential);
		return new IdentifiedCall(provider, call.operation(),
				(given != null) ? new LlmTarget(name, given.endpoint(), given.model()) : null, name);
	}

	private IdentifiedCall given(LlmTarget target, URI url) {
		LlmProvider provider = provider(target.providerId());
		String path = url.getRawPath();
		LlmOperation operation = (path != null) ? provider.dialect().operation(path) : LlmOperation.UNKNOWN;
		if (target.partition() != null && target.endpoint() == null && target.model() == null) {
			return new IdentifiedCall(provider, operation, null, target.provider());
		}
		boolean completes = target.endpoint() == null && !LlmOperation.UNKNOWN.equals(operation);
		return new IdentifiedCall(provider, operation,
				completes ? new LlmTarget(target.provider(), operation.endpoint(), target.model()) : target);
	}

	private LlmProvider provider(String id) {
		return this.providers.find(id)
			.orElseGet(() -> new LlmProvider(id, this.providers.dialect(id).orElseThrow(), List.of(), null));
	}

}
