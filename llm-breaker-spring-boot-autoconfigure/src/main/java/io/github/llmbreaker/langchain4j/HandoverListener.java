// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.call.Bodies;
import io.github.llmbreaker.call.Unchecked;
import io.github.llmbreaker.call.Workers;
import org.jspecify.annotations.Nullable;

/**
 * Takes the body of a stream over from a client that wants to have it parsed. The thread
 * that the client parses it on waits until it has been read.
 */
final class HandoverListener implements ServerSentEventParser, ServerSentEventListener {

	private final CompletableFuture<ClientAnswer> head = new CompletableFuture<>();

	private final CountDownLatch read = new CountDownLatch(1);

	private volatile @Nullable SuccessfulHttpResponse opened;

	private HandoverListener() {
	}

	/**
	 * Sends a request and waits for the head of the answer. On a thread of its own, as a
	 * client may do everything on the thread that calls it.
	 */
	static ClientAnswer of(HttpClient client, HttpRequest request) throws IOException {
		HandoverListener handover = new HandoverListener();
		CallPermit permit = CallPermit.current();
		Workers.execute(() -> handover.send(client, request, permit));
		try {
			return handover.head.get();
		}
		catch (InterruptedException ex) {
			handover.giveUp();
			Thread.currentThread().interrupt();
			InterruptedIOException interrupted = new InterruptedIOException("Interrupted while waiting for the answer");
			interrupted.initCause(ex);
			throw interrupted;
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

	private void giveUp() {
		if (!this.head.cancel(false)) {
			this.head.thenAccept(ClientAnswer::close);
		}
	}

	@Override
	public void onOpen(SuccessfulHttpResponse response) {
		this.opened = response;
	}

	@Override
	public void parse(InputStream body, ServerSentEventListener listener) {
		SuccessfulHttpResponse response = this.opened;
		Map<String, List<String>> headers = (response != null) ? response.headers() : Map.of();
		if (!this.head
			.complete(new Handed((response != null) ? response.statusCode() : 200, headers, body, this.read))) {
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
			this.head.complete(WholeAnswer.of(answer));
		}
		else {
			this.head.completeExceptionally(error);
		}
	}

	@Override
	public void onClose() {
		this.head.completeExceptionally(new IOException("The client closed the stream without an answer"));
	}

	/**
	 * An answer whose body has been handed over.
	 *
	 * @param status its status
	 * @param allHeaders its headers
	 * @param body its body
	 * @param read opened when nobody reads it any more
	 */
	private record Handed(int status, Map<String, List<String>> allHeaders, InputStream body,
			CountDownLatch read) implements ClientAnswer {

		@Override
		public void close() {
			Bodies.leave(this.body);
			this.read.countDown();
		}

	}

}
