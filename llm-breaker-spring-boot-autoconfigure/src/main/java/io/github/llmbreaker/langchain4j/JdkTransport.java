// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import io.github.llmbreaker.call.Bodies;
import io.github.llmbreaker.call.LimitedWork;
import io.github.llmbreaker.call.RequestRoute;
import io.github.llmbreaker.provider.HeaderLookup;
import org.jspecify.annotations.Nullable;

import org.springframework.util.function.SingletonSupplier;

/**
 * Sends requests with the client of the JDK, as LangChain4j's own does, but tells the
 * headers of errors, too.
 */
final class JdkTransport implements CallTransport {

	private static final String LIBRARY = "dev.langchain4j.http.client.jdk.JdkHttpClientBuilder";

	private final Supplier<HttpClient> client;

	private final @Nullable Duration readTimeout;

	private JdkTransport(Supplier<HttpClient> client, @Nullable Duration readTimeout) {
		this.client = client;
		this.readTimeout = readTimeout;
	}

	/**
	 * Whether a builder is the library's own, which need not be there: a class below it
	 * may send otherwise.
	 */
	static boolean isFor(HttpClientBuilder builder) {
		return builder.getClass().getName().equals(LIBRARY);
	}

	/**
	 * Returns a transport with the settings of the application. Its client is made at
	 * once, so that no call has to wait for that.
	 */
	static JdkTransport of(HttpClientBuilder builder) {
		HttpClient client = build(Library.own(builder), builder.connectTimeout());
		return new JdkTransport(() -> client, builder.readTimeout());
	}

	/**
	 * Returns a transport without any but time limits: it follows no redirects, and adds
	 * nothing that only the first provider may see.
	 */
	static JdkTransport elsewhere(HttpClientBuilder builder) {
		Duration connectTimeout = builder.connectTimeout();
		return new JdkTransport(
				SingletonSupplier.of(() -> build(HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER),
						connectTimeout))::obtain,
				builder.readTimeout());
	}

	/**
	 * Returns a builder that stays as it is when the application goes on with its own.
	 */
	static HttpClientBuilder copyOf(HttpClientBuilder builder) {
		return Library.copyOf(builder);
	}

	private static HttpClient build(HttpClient.Builder builder, @Nullable Duration connectTimeout) {
		return ((connectTimeout != null) ? builder.connectTimeout(connectTimeout) : builder).build();
	}

	@Override
	public ClientAnswer send(ModelRequest call, RequestRoute route, boolean stream) throws IOException {
		try {
			return new JdkAnswer(this.client.get().send(request(call, route), BodyHandlers.ofInputStream()));
		}
		catch (InterruptedException ex) {
			throw LimitedWork.interrupted(ex);
		}
	}

	private HttpRequest request(ModelRequest call, RequestRoute route) {
		HttpRequest.Builder request = HttpRequest.newBuilder().uri(call.urlOn(route));
		call.encodedHeadersOn(route).forEach((name, values) -> values.forEach((value) -> request.header(name, value)));
		byte[] body = call.bodyOn(route);
		request.method(call.request().method().name(),
				(body.length > 0) ? BodyPublishers.ofByteArray(body) : BodyPublishers.noBody());
		if (this.readTimeout != null) {
			request.timeout(this.readTimeout);
		}
		return request.build();
	}

	/**
	 * An answer of the JDK's client.
	 *
	 * @param response the answer
	 */
	private record JdkAnswer(HttpResponse<InputStream> response) implements ClientAnswer {

		@Override
		public int status() {
			return this.response.statusCode();
		}

		@Override
		public boolean isAnswerTo(String method) {
			return this.response.request().method().equals(method);
		}

		@Override
		public HeaderLookup headers() {
			return (name) -> this.response.headers().firstValue(name).orElse(null);
		}

		@Override
		public Map<String, List<String>> allHeaders() {
			return this.response.headers().map();
		}

		@Override
		public InputStream body() {
			return this.response.body();
		}

		@Override
		public void close() {
			Bodies.leave(this.response.body());
		}

	}

	/**
	 * Only loaded if the library's client is there.
	 */
	private static final class Library {

		static HttpClientBuilder copyOf(HttpClientBuilder builder) {
			return new JdkHttpClientBuilder().httpClientBuilder(((JdkHttpClientBuilder) builder).httpClientBuilder())
				.connectTimeout(builder.connectTimeout())
				.readTimeout(builder.readTimeout());
		}

		static HttpClient.Builder own(HttpClientBuilder builder) {
			HttpClient.Builder own = ((JdkHttpClientBuilder) builder).httpClientBuilder();
			return (own != null) ? own : HttpClient.newBuilder();
		}

	}

}
