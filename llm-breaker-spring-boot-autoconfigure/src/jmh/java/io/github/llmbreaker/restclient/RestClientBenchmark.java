// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.llmbreaker.BenchmarkChat;
import io.github.llmbreaker.breaker.BenchmarkRegistry;
import io.github.llmbreaker.breaker.Ticker;
import io.github.llmbreaker.provider.LlmProviders;
import io.github.llmbreaker.provider.dialect.BuiltInDialects;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;
import org.springframework.web.client.RestClient;

/**
 * What the interceptor adds to calls whose exchange costs nothing. Without a guard there
 * is an interceptor that does nothing, because any interceptor has Spring keep the body.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RestClientBenchmark {

	private static final byte[] ANSWER = BenchmarkChat.answer();

	/** Whether the interceptor guards. */
	@Param({ "false", "true" })
	public boolean guarded;

	private RestClient client;

	private BenchmarkChat small;

	private String text;

	/**
	 * Prepares client and bodies.
	 */
	@Setup
	public void setUp() {
		LlmProviders providers = new LlmProviders(BuiltInDialects.all(), List.of());
		this.client = RestClient.builder()
			.baseUrl(BenchmarkChat.URL)
			.requestFactory(RestClientBenchmark::answering)
			.requestInterceptor((this.guarded) ? new LlmBreakerClientHttpRequestInterceptor(providers,
					BenchmarkRegistry.create(1000), Clock.systemUTC(), Ticker.SYSTEM)
					: (request, body, execution) -> execution.execute(request, body))
			.build();
		this.small = BenchmarkChat.small();
		this.text = BenchmarkChat.text();
	}

	/**
	 * A call with a small object.
	 */
	@Benchmark
	public Object smallObject() {
		return ask(this.small);
	}

	/**
	 * A call with text of 1 MB.
	 */
	@Benchmark
	public Object text() {
		return ask(this.text);
	}

	/**
	 * A call that is rejected if there is a guard.
	 */
	@Benchmark
	public Object rejected() {
		try {
			return ask(new BenchmarkChat(BenchmarkRegistry.OPEN_MODEL, ""));
		}
		catch (RuntimeException ex) {
			return ex;
		}
	}

	private Object ask(Object body) {
		return this.client.post().contentType(MediaType.APPLICATION_JSON).body(body).retrieve().body(String.class);
	}

	private static ClientHttpRequest answering(URI url, HttpMethod method) {
		return new MockClientHttpRequest(method, url) {

			@Override
			protected ClientHttpResponse executeInternal() throws IOException {
				// read like a socket's, for which ByteArrayInputStream has shortcuts
				InputStream content = new FilterInputStream(new ByteArrayInputStream(ANSWER)) {
				};
				MockClientHttpResponse response = new MockClientHttpResponse(content, HttpStatus.OK);
				response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
				return response;
			}

		};
	}

}
