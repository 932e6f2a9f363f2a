// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;

/**
 * Somebody who takes a streamed answer, and counts how often it ends.
 */
final class StreamedAnswer implements StreamingChatResponseHandler {

	private static final long PATIENCE_SECONDS = 10;

	private final List<String> parts = new CopyOnWriteArrayList<>();

	private final List<Object> ends = new CopyOnWriteArrayList<>();

	private final CompletableFuture<Object> end = new CompletableFuture<>();

	private final CompletableFuture<Void> began = new CompletableFuture<>();

	private final boolean leaving;

	private StreamedAnswer(boolean leaving) {
		this.leaving = leaving;
	}

	static StreamedAnswer of(StreamingChatModel model) {
		StreamedAnswer answer = new StreamedAnswer(false);
		model.chat("hello", answer);
		return answer;
	}

	/**
	 * Leaves after the first part.
	 */
	static StreamedAnswer leftBy(StreamingChatModel model) {
		StreamedAnswer answer = new StreamedAnswer(true);
		model.chat("hello", answer);
		return answer;
	}

	@Override
	public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
		this.parts.add(part.text());
		if (this.leaving) {
			context.streamingHandle().cancel();
		}
		this.began.complete(null);
	}

	@Override
	public void onCompleteResponse(ChatResponse response) {
		this.ends.add(response);
		this.end.complete(response);
	}

	@Override
	public void onError(Throwable error) {
		this.ends.add(error);
		this.end.complete(error);
	}

	/**
	 * Returns all of the text of an answer that ended well.
	 */
	String text() {
		if (await(this.end) instanceof ChatResponse response) {
			return response.aiMessage().text();
		}
		throw new AssertionError("failed", (Throwable) this.ends.get(0));
	}

	Throwable error() {
		if (await(this.end) instanceof Throwable error) {
			return error;
		}
		throw new AssertionError("ended well with " + this.ends.get(0));
	}

	void awaitBeginning() {
		await(this.began);
	}

	String parts() {
		return String.join("", this.parts);
	}

	List<Object> ends() {
		return this.ends;
	}

	private static <T> T await(CompletableFuture<T> future) {
		try {
			return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		catch (TimeoutException ex) {
			throw new AssertionError("the call hangs", ex);
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
