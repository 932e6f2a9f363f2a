// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.alert;

import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * Sends a message over HTTP, within a time limit. Made of what the JDK has: it must work
 * in every application, and not by a client that is guarded itself.
 */
final class AlertSender {

	private final Duration limit;

	private @Nullable HttpClient client;

	AlertSender(Duration limit) {
		this.limit = limit;
	}

	/**
	 * Sends a message. For one thread.
	 * @param url where to
	 * @param body the message
	 * @return what was answered
	 * @throws IOException if nothing was answered in time
	 * @throws InterruptedException if the thread is to end
	 */
	Answer send(URI url, String body) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(url)
			.header("Content-Type", "application/json; charset=utf-8")
			.header("User-Agent", "llm-breaker")
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build();
		CompletableFuture<HttpResponse<InputStream>> sending = client().sendAsync(request,
				HttpResponse.BodyHandlers.ofInputStream());
		try {
			HttpResponse<InputStream> response = sending.get(this.limit.toMillis(), TimeUnit.MILLISECONDS);
			// a body that never ends is nobody's business
			response.body().close();
			return new Answer(response.statusCode(), response.headers().firstValue("Retry-After").orElse(null));
		}
		catch (ExecutionException ex) {
			throw new IOException(Objects.requireNonNullElse(ex.getCause(), ex));
		}
		catch (TimeoutException ex) {
			throw new IOException(ex);
		}
		finally {
			sending.cancel(true);
		}
	}

	private HttpClient client() {
		HttpClient client = this.client;
		if (client == null) {
			HttpClient.Builder builder = HttpClient.newBuilder()
				.version(HttpClient.Version.HTTP_1_1)
				.followRedirects(HttpClient.Redirect.NEVER)
				.connectTimeout(this.limit);
			ProxySelector proxy = ProxySelector.getDefault();
			client = ((proxy != null) ? builder.proxy(proxy) : builder).build();
			this.client = client;
		}
		return client;
	}

	/**
	 * What a receiver answered.
	 *
	 * @param status the HTTP status
	 * @param retryAfter when to come back, as it says; {@code null} if it does not
	 */
	record Answer(int status, @Nullable String retryAfter) {

		boolean isTaken() {
			return this.status >= 200 && this.status < 300;
		}

		/** Whether the same message may be taken later. */
		boolean isPassing() {
			return this.status >= 500 || this.status == 429 || this.status == 408;
		}

		Duration wait(Duration least, Duration most) {
			try {
				Duration asked = Duration
					.ofSeconds((this.retryAfter != null) ? Long.parseLong(this.retryAfter.trim()) : 0);
				return (asked.compareTo(least) < 0) ? least : (asked.compareTo(most) > 0) ? most : asked;
			}
			catch (NumberFormatException ex) {
				// a date: the usual wait will do
				return least;
			}
		}

	}

}
