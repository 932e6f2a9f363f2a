// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.call.Bodies;
import io.github.llmbreaker.call.LimitedWork;
import io.github.llmbreaker.call.RequestRoute;
import io.github.llmbreaker.call.Unchecked;
import io.github.llmbreaker.call.Workers;
import io.github.llmbreaker.provider.request.RequestRewrite;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests with any client of LangChain4j. Such a client keeps the headers of
 * errors for itself.
 *
 * @param client the client
 */
record ClientTransport(Supplier<HttpClient> client) implements CallTransport {

	@Override
	public ClientAnswer send(ModelRequest call, RequestRoute route, boolean stream) throws IOException {
		HttpRequest request = request(call, route);
		if (stream) {
			return new HandoverListener().of(this.client.get(), request);
		}
		try {
			SuccessfulHttpResponse response = this.client.get().execute(request);
			byte[] body = response.bodyBytes();
			return Answer.whole(response.statusCode(), response.headers(), (body != null) ? body : new byte[0]);
		}
		catch (HttpException ex) {
			return Answer.of(ex);
		}
	}

	private static HttpRequest request(ModelRequest call, RequestRoute route) {
		RequestRewrite rewrite = route.rewrite();
		HttpRequest original = call.request();
		if (rewrite == null) {
			return original;
		}
		HttpRequest.Builder request = HttpRequest.builder()
			.method(original.method())
			.url(rewrite.url().toString())
			.headers(call.headersOn(route));
		if (call.isForm()) {
			// the client encodes it
			Map<String, String> fields = new LinkedHashMap<>(original.formDataFields());
			fields.computeIfPresent("model", (name, model) -> rewrite.model());
			return request.formDataFields(fields).formDataFiles(original.formDataFiles()).build();
		}
		return ((original.body() != null) ? request.body(new String(call.bodyOn(route), StandardCharsets.UTF_8))
				: request)
			.build();
	}

	/**
	 * Takes the body of a stream over from a client that wants to have it parsed. The
	 * thread that the client parses it on waits until it has been read.
	 */
	private static final class HandoverListener implements ServerSentEventParser, ServerSentEventListener {

		private final CompletableFuture<ClientAnswer> head = new CompletableFuture<>();

		private final CountDownLatch read = new CountDownLatch(1);

		private volatile @Nullable SuccessfulHttpResponse opened;

		/**
		 * Sends a request and waits for the head of the answer. On a thread of its own,
		 * as a client may do everything on the thread that calls it.
		 */
		ClientAnswer of(HttpClient client, HttpRequest request) throws IOException {
			CallPermit permit = CallPermit.current();
			Workers.execute(() -> send(client, request, permit));
			try {
				return this.head.get();
			}
			catch (InterruptedException ex) {
				if (!this.head.cancel(false)) {
					this.head.thenAccept(ClientAnswer::close);
				}
				throw LimitedWork.interrupted(ex);
			}
			catch (ExecutionException ex) {
				throw Unchecked.rethrow((ex.getCause() != null) ? ex.getCause() : ex);
			}
		}

		private void send(HttpClient client, HttpRequest request, @Nullable CallPermit permit) {
			CallPermit.Scope scope = (permit != null) ? permit.makeCurrent() : null;
			try {
				client.execute(request, this, this);
			}
			catch (Throwable ex) {
				this.head.completeExceptionally(ex);
			}
			finally {
				if (scope != null) {
					scope.close();
				}
			}
		}

		@Override
		public void onOpen(SuccessfulHttpResponse response) {
			this.opened = response;
		}

		@Override
		public void parse(InputStream body, ServerSentEventListener listener) {
			SuccessfulHttpResponse response = this.opened;
			ClientAnswer handed = (response != null)
					? new Answer(response.statusCode(), response.headers(), body, this.read::countDown)
					: new Answer(200, null, body, this.read::countDown);
			if (!this.head.complete(handed)) {
				// nobody waits for it any more
				Bodies.leave(body);
				return;
			}
			try {
				this.read.await();
			}
			catch (InterruptedException ex) {
				Bodies.leave(body);
				Thread.currentThread().interrupt();
			}
		}

		@Override
		public void onError(Throwable error) {
			if (error instanceof HttpException answer) {
				this.head.complete(Answer.of(answer));
			}
			else {
				this.head.completeExceptionally(error);
			}
		}

		@Override
		public void onClose() {
			this.head.completeExceptionally(new IOException("The client closed the stream without an answer"));
		}

	}

	/**
	 * An answer as far as the client tells it.
	 *
	 * @param status its status
	 * @param sent its headers; {@code null} or empty if the client does not tell them
	 * @param body its body
	 * @param left is told that nobody reads the body any more
	 */
	private record Answer(int status, @Nullable Map<String, List<String>> sent, InputStream body,
			Runnable left) implements ClientAnswer {

		static Answer whole(int status, @Nullable Map<String, List<String>> sent, byte[] body) {
			return new Answer(status, sent, new ByteArrayInputStream(body), () -> {
			});
		}

		static Answer of(HttpException error) {
			String body = (error.getMessage() != null) ? error.getMessage() : "";
			return whole(error.statusCode(), null, body.getBytes(StandardCharsets.UTF_8));
		}

		@Override
		public Map<String, List<String>> allHeaders() {
			return (this.sent != null) ? this.sent : Map.of();
		}

		@Override
		public void close() {
			Bodies.leave(this.body);
			this.left.run();
		}

	}

}
