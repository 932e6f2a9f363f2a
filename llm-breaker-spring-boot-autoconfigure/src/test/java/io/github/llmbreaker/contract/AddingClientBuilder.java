// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.contract;

import java.time.Duration;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import io.github.llmbreaker.testing.Secrets;

/**
 * Builds clients of an application's own, which add a credential to all that they send.
 */
final class AddingClientBuilder implements HttpClientBuilder {

	private final JdkHttpClientBuilder builder = new JdkHttpClientBuilder();

	@Override
	public Duration connectTimeout() {
		return this.builder.connectTimeout();
	}

	@Override
	public HttpClientBuilder connectTimeout(Duration timeout) {
		this.builder.connectTimeout(timeout);
		return this;
	}

	@Override
	public Duration readTimeout() {
		return this.builder.readTimeout();
	}

	@Override
	public HttpClientBuilder readTimeout(Duration timeout) {
		this.builder.readTimeout(timeout);
		return this;
	}

	@Override
	public HttpClient build() {
		HttpClient client = this.builder.build();
		return new HttpClient() {

			@Override
			public SuccessfulHttpResponse execute(HttpRequest request) {
				return client.execute(spoilt(request));
			}

			@Override
			public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
				client.execute(spoilt(request), parser, listener);
			}

		};
	}

	private static HttpRequest spoilt(HttpRequest request) {
		HttpRequest.Builder builder = HttpRequest.builder()
			.method(request.method())
			.url(request.url())
			.body(request.body());
		request.headers().forEach((name, values) -> builder.addHeader(name, values.toArray(String[]::new)));
		Secrets.put((name, value) -> builder.addHeader(name, value));
		return builder.build();
	}

}
