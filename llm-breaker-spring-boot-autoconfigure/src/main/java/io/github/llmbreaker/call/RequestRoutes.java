// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.net.URI;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.provider.IdentifiedCall;
import io.github.llmbreaker.provider.LlmProvider;
import io.github.llmbreaker.provider.LlmProviders;
import io.github.llmbreaker.provider.request.RequestRewrite;

/**
 * Knows where the attempts of one call over HTTP can go.
 *
 * @param providers the providers of the application
 * @param call what the request is for
 * @param url where it goes
 * @param original the target of the call
 * @since 0.1.0
 */
public record RequestRoutes(LlmProviders providers, IdentifiedCall call, URI url, LlmTarget original) implements Reach {

	/**
	 * Whether the request can be sent to a target: it asks a model, the target's provider
	 * speaks the same dialect and its key is known.
	 */
	@Override
	public boolean canReach(LlmTarget target) {
		if (!asksModel()) {
			return false;
		}
		LlmProvider own = this.call.provider();
		return target.providerId().equals(own.id())
				|| this.providers.find(target.provider()).filter((other) -> other.canStandInFor(own)).isPresent();
	}

	/** Any other request can't ask another model, and would only be repeated. */
	private boolean asksModel() {
		return this.original.model() != null || this.call.operation().modelInBody();
	}

	/**
	 * Another model of the same provider is asked with the credential of the request,
	 * another provider with the one that is configured.
	 */
	@Override
	public LlmTarget partitioned(LlmTarget fallback) {
		String own = this.original.provider();
		if (fallback.provider().equals(own)) {
			return fallback;
		}
		return fallback.providerId().equals(this.original.providerId())
				? new LlmTarget(own, fallback.endpoint(), fallback.model())
				: this.providers.withConfiguredKey(fallback);
	}

	/**
	 * Returns the route to a target.
	 * @param target the original target, or one that can be reached
	 */
	public RequestRoute to(LlmTarget target) {
		LlmProvider own = this.call.provider();
		LlmProvider standIn = this.providers.standInFor(target);
		if (standIn == null && target.equals(this.original)) {
			return new RequestRoute(own.dialect(), null);
		}
		LlmProvider provider = (standIn != null) ? standIn : this.providers.find(target.provider()).orElse(own);
		return new RequestRoute(provider.dialect(),
				new RequestRewrite(this.call, this.url, provider, String.valueOf(target.model())));
	}

}
