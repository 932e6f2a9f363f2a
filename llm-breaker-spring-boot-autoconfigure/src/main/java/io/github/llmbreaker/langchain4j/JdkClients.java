// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import java.net.http.HttpClient;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;

/**
 * Knows LangChain4j's client of the JDK, which need not be there.
 */
final class JdkClients {

	private static final String BUILDER = "dev.langchain4j.http.client.jdk.JdkHttpClientBuilder";

	private JdkClients() {
	}

	/**
	 * Whether a builder is the library's own: a class below it may send otherwise.
	 */
	static boolean isJdk(HttpClientBuilder builder) {
		return builder.getClass().getName().equals(BUILDER);
	}

	/**
	 * Returns a builder that stays as it is when the application goes on with its own.
	 */
	static HttpClientBuilder copyOf(HttpClientBuilder builder) {
		return new JdkHttpClientBuilder().httpClientBuilder(((JdkHttpClientBuilder) builder).httpClientBuilder())
			.connectTimeout(builder.connectTimeout())
			.readTimeout(builder.readTimeout());
	}

	/**
	 * Returns what the application has set up.
	 */
	static HttpClient.Builder of(HttpClientBuilder builder) {
		HttpClient.Builder own = ((JdkHttpClientBuilder) builder).httpClientBuilder();
		return (own != null) ? own : HttpClient.newBuilder();
	}

}
