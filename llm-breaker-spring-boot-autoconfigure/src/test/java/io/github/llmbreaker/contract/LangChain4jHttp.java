// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.contract;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.DefaultServerSentEventParser;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import io.github.llmbreaker.langchain4j.UnretriedCallException;

/**
 * Calls as the models of LangChain4j make them.
 */
final class LangChain4jHttp implements BlockingHttp {

	private static final int FEW = 16;

	private final HttpClient client;

	private final Function<Ask, String> urls;

	LangChain4jHttp(HttpClientBuilder builder, Function<Ask, String> urls) {
		this.client = builder.build();
		this.urls = urls;
	}

	@Override
	public void read(Ask ask, StringBuffer into) {
		HttpRequest request = HttpRequest.builder()
			.method(HttpMethod.POST)
			.url(this.urls.apply(ask))
			.addHeader("Content-Type", "application/json")
			.body(ask.json())
			.build();
		try {
			if (ask.stream()) {
				stream(ask, request, into);
			}
			else {
				into.append(this.client.execute(request).body());
			}
		}
		catch (UnretriedCallException ex) {
			throw ex.getFailure();
		}
	}

	private void stream(Ask ask, HttpRequest request, StringBuffer into) {
		Listener listener = new Listener();
		this.client.execute(request, new TextParser(ask, into), listener);
		try {
			listener.ended.get();
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof Error error) {
				throw error;
			}
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : new IllegalStateException(ex.getCause());
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A client that is not the library's own, and throws what a request asks for.
	 */
	static HttpClientBuilder another(HttpClientBuilder builder) {
		return new AnotherBuilder(builder);
	}

	/**
	 * Takes the text as it comes, as far as its caller reads.
	 */
	private static final class TextParser extends DefaultServerSentEventParser {

		private final Ask ask;

		private final StringBuffer into;

		TextParser(Ask ask, StringBuffer into) {
			this.ask = ask;
			this.into = into;
		}

		@Override
		public void parse(InputStream body, ServerSentEventListener listener) {
			byte[] buffer = new byte[(this.ask.reading() == Reading.WHOLE) ? 8192 : FEW];
			try (body) {
				int count = 0;
				while (count >= 0 && !this.ask.isEnough(this.into.length())) {
					count = body.read(buffer);
					this.into.append(new String(buffer, 0, Math.max(0, count), StandardCharsets.UTF_8));
				}
				this.ask.check(this.into.length());
			}
			catch (IOException ex) {
				listener.onError(ex);
			}
		}

	}

	private static final class Listener implements ServerSentEventListener {

		private final CompletableFuture<Void> ended = new CompletableFuture<>();

		@Override
		public void onEvent(ServerSentEvent event) {
			throw new IllegalStateException("the parser makes none");
		}

		@Override
		public void onError(Throwable error) {
			this.ended.completeExceptionally(error);
		}

		@Override
		public void onClose() {
			this.ended.complete(null);
		}

	}

	private record AnotherBuilder(HttpClientBuilder builder) implements HttpClientBuilder {

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
			return new ThrowingClient(this.builder.build());
		}

	}

	private record ThrowingClient(HttpClient client) implements HttpClient {

		@Override
		public SuccessfulHttpResponse execute(HttpRequest request) {
			ThrowingRequestFactory.check(URI.create(request.url()));
			return this.client.execute(request);
		}

		@Override
		public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
			ThrowingRequestFactory.check(URI.create(request.url()));
			this.client.execute(request, parser, listener);
		}

	}

}
