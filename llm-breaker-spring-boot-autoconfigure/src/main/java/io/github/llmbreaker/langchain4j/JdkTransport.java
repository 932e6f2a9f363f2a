// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.github.llmbreaker.call.Bodies;
import io.github.llmbreaker.call.RequestRoute;
import io.github.llmbreaker.provider.HeaderLookup;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests with the client of the JDK, as LangChain4j's own does, but tells the
 * headers of errors, too.
 */
final class JdkTransport implements CallTransport {

	private final Supplier<HttpClient> client;

	private final @Nullable Duration readTimeout;

	private JdkTransport(Supplier<HttpClient> client, @Nullable Duration readTimeout) {
		this.client = client;
		this.readTimeout = readTimeout;
	}

	/**
	 * Returns a transport with the settings of the application. Its client is made at
	 * once, so that no call has to wait for that.
	 */
	static JdkTransport of(HttpClient.Builder builder, @Nullable Duration connectTimeout,
			@Nullable Duration readTimeout) {
		HttpClient client = build(builder, connectTimeout);
		return new JdkTransport(() -> client, readTimeout);
	}

	/**
	 * Returns a transport without any: it follows no redirects, and adds nothing that
	 * only the first provider may see.
	 */
	static JdkTransport elsewhere(@Nullable Duration connectTimeout, @Nullable Duration readTimeout) {
		return new JdkTransport(new Lazy<>(
				() -> build(HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER), connectTimeout)),
				readTimeout);
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
			Thread.currentThread().interrupt();
			InterruptedIOException interrupted = new InterruptedIOException("Interrupted while waiting for the answer");
			interrupted.initCause(ex);
			throw interrupted;
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

}
