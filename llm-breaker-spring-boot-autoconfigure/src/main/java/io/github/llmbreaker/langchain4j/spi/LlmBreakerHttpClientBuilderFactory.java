// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j.spi;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpClientBuilderFactory;
import io.github.llmbreaker.langchain4j.LlmBreakerHttpClientBuilder;

/**
 * Gives LangChain4j's models guarded HTTP clients.
 *
 * @since 0.1.0
 */
public final class LlmBreakerHttpClientBuilderFactory implements HttpClientBuilderFactory {

	/**
	 * Creates the factory.
	 */
	public LlmBreakerHttpClientBuilderFactory() {
	}

	@Override
	public HttpClientBuilder create() {
		return LlmBreakerHttpClientBuilder.guardedDefault();
	}

}
