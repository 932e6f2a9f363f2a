// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import java.time.Duration;
import java.util.function.Supplier;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Builds the HTTP clients of LangChain4j's models so that LLM calls are behind the
 * breakers of their models; everything else passes untouched. To be given to the builders
 * of models that bring a client of their own: <pre>
 * OpenAiChatModel.builder().httpClientBuilder(LlmBreakerHttpClientBuilder.guarded(own))
 * </pre>
 *
 * @since 0.1.0
 */
public final class LlmBreakerHttpClientBuilder implements HttpClientBuilder {

	private final HttpClientBuilder builder;

	private final Supplier<@Nullable CallGuarding> guarding;

	/**
	 * Creates a builder.
	 * @param builder builds the client that sends the requests
	 * @param guarding with what calls are guarded
	 */
	public LlmBreakerHttpClientBuilder(HttpClientBuilder builder, CallGuarding guarding) {
		this(builder, () -> guarding);
	}

	LlmBreakerHttpClientBuilder(HttpClientBuilder builder, Supplier<@Nullable CallGuarding> guarding) {
		this.builder = builder;
		this.guarding = guarding;
	}

	/**
	 * Returns a builder whose clients are guarded by the application that runs when they
	 * are built. Without one they send as if they were not there.
	 * @param builder builds the client that sends the requests
	 * @return the guarded builder; the same if it is guarded already
	 */
	public static HttpClientBuilder guarded(HttpClientBuilder builder) {
		return (builder instanceof LlmBreakerHttpClientBuilder) ? builder
				: new LlmBreakerHttpClientBuilder(builder, RunningApplications.latest());
	}

	/**
	 * Returns a guarded builder for the client that LangChain4j would choose by itself.
	 * @return a new builder
	 * @throws IllegalStateException if there is none to choose, or several and none is
	 * selected
	 */
	public static HttpClientBuilder guardedDefault() {
		return guarded(ClientSelection.chosenWithoutUs());
	}

	/**
	 * Returns a guarded builder for the client that LangChain4j would choose by itself.
	 * @param guarding with what calls are guarded
	 * @return a new builder
	 * @throws IllegalStateException if there is none to choose, or several and none is
	 * selected
	 */
	public static LlmBreakerHttpClientBuilder guardedDefault(CallGuarding guarding) {
		return new LlmBreakerHttpClientBuilder(ClientSelection.chosenWithoutUs(), guarding);
	}

	@Override
	public Duration connectTimeout() {
		return this.builder.connectTimeout();
	}

	@Override
	public LlmBreakerHttpClientBuilder connectTimeout(Duration timeout) {
		this.builder.connectTimeout(timeout);
		return this;
	}

	@Override
	public Duration readTimeout() {
		return this.builder.readTimeout();
	}

	@Override
	public LlmBreakerHttpClientBuilder readTimeout(Duration timeout) {
		this.builder.readTimeout(timeout);
		return this;
	}

	@Override
	public HttpClient build() {
		Supplier<HttpClient> unguarded = CallTransport.unguarded(this.builder);
		return new GuardedHttpClient(this.guarding, unguarded, CallTransport.of(this.builder, unguarded));
	}

}
