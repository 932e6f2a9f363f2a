// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import io.github.llmbreaker.langchain4j.LlmBreakerHttpClientBuilder;
import io.github.llmbreaker.okhttp.LlmBreakerOkHttpInterceptor;
import io.github.llmbreaker.restclient.LlmBreakerClientHttpRequestInterceptor;
import io.github.llmbreaker.webclient.LlmBreakerExchangeFilterFunction;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Makes the same call with each client.
 */
enum PartitionClient {

	WEB_CLIENT {

		@Override
		int send(BeanFactory beans, String url, String header, String key, String body) {
			return WebClient.builder()
				.filter(beans.getBean(LlmBreakerExchangeFilterFunction.class))
				.build()
				.post()
				.uri(url)
				.header("Content-Type", "application/json")
				.header(header, key)
				.bodyValue(body)
				.exchangeToMono((response) -> response.releaseBody().thenReturn(response.statusCode().value()))
				.blockOptional()
				.orElseThrow();
		}

	},

	REST_CLIENT {

		@Override
		int send(BeanFactory beans, String url, String header, String key, String body) {
			return RestClient.builder()
				.requestInterceptor(beans.getBean(LlmBreakerClientHttpRequestInterceptor.class))
				.build()
				.post()
				.uri(url)
				.header("Content-Type", "application/json")
				.header(header, key)
				.body(body)
				.exchangeForRequiredValue((request, response) -> {
					response.getBody().readAllBytes();
					return response.getStatusCode().value();
				});
		}

	},

	OK_HTTP {

		@Override
		int send(BeanFactory beans, String url, String header, String key, String body) {
			OkHttpClient client = beans.getBean(LlmBreakerOkHttpInterceptor.class).guard(new OkHttpClient());
			Request request = new Request.Builder().url(url)
				.header(header, key)
				.post(RequestBody.create(body, MediaType.get("application/json")))
				.build();
			try (Response response = client.newCall(request).execute()) {
				response.body().bytes();
				return response.code();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	},

	LANGCHAIN4J {

		@Override
		int send(BeanFactory beans, String url, String header, String key, String body) {
			HttpRequest request = HttpRequest.builder()
				.method(HttpMethod.POST)
				.url(url)
				.addHeader("Content-Type", "application/json")
				.addHeader(header, key)
				.body(body)
				.build();
			try {
				return beans.getBean(LlmBreakerHttpClientBuilder.class).build().execute(request).statusCode();
			}
			catch (HttpException ex) {
				return ex.statusCode();
			}
		}

	};

	/** Returns the status of the answer. */
	abstract int send(BeanFactory beans, String url, String header, String key, String body);

	/** Returns the status of the answer of a chat. */
	int chat(BeanFactory beans, String base, String key, String model) {
		return send(beans, base + "/chat/completions", "Authorization", "Bearer " + key,
				"{\"model\":\"%s\",\"messages\":[]}".formatted(model));
	}

}
