// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.Collection;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Says at the start that LangChain4j's own retries are off where ours take their place.
 */
final class LangChain4jRetriesNotice implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(LangChain4jRetriesNotice.class);

	private final LlmBreakerProperties properties;

	LangChain4jRetriesNotice(LlmBreakerProperties properties) {
		this.properties = properties;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (!this.properties.keepLibraryRetries() && isAnyRecovering()) {
			logger.info("LangChain4j's own retries (maxRetries) are off for calls whose policy has retries or "
					+ "fallbacks; 'llm-breaker.keep-library-retries=true' keeps them");
		}
	}

	private boolean isAnyRecovering() {
		Collection<PolicyProperties> policies = this.properties.policies().values();
		return Stream.concat(Stream.of(this.properties.defaults()), policies.stream())
			.anyMatch(LangChain4jRetriesNotice::isRecovering);
	}

	private static boolean isRecovering(PolicyProperties policy) {
		RetryProperties retry = policy.retry();
		Integer retries = (retry != null) ? retry.maxRetries() : null;
		return (retries != null && retries > 0) || (policy.fallbacks() != null && !policy.fallbacks().isEmpty());
	}

}
