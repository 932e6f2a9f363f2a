// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.contract;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

import dev.langchain4j.exception.HttpException;
import io.github.llmbreaker.LlmCallRejectedException;
import org.jspecify.annotations.Nullable;

import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/**
 * What a caller sees of a call, whatever the client.
 *
 * @param end how it ends
 * @param text what arrived, also of an error's body
 * @param status the error's status; 0 if there was none
 * @param failure what was thrown; {@code null} if nothing was
 */
record Seen(End end, String text, int status, @Nullable Throwable failure) {

	private static final int FIRST_ERROR = 400;

	static Seen answer(String text) {
		return new Seen(End.ANSWER, text, 0, null);
	}

	static Seen left(String text) {
		return new Seen(End.LEFT, text, 0, null);
	}

	static Seen failure(String text, Throwable thrown) {
		Throwable failure = unwrap(thrown);
		// what enqueues a call gets no other exceptions
		if (failure instanceof LlmCallRejectedException
				|| failure instanceof IOException && failure.getCause() instanceof LlmCallRejectedException) {
			return new Seen(End.REJECTED, text, 0, failure);
		}
		if (failure instanceof Error) {
			return new Seen(End.ERROR, text, 0, failure);
		}
		if (failure instanceof WebClientResponseException answer && answer.getStatusCode().value() >= FIRST_ERROR) {
			return new Seen(End.STATUS, answer.getResponseBodyAsString(), answer.getStatusCode().value(), failure);
		}
		if (failure instanceof RestClientResponseException answer && answer.getStatusCode().value() >= FIRST_ERROR) {
			return new Seen(End.STATUS, answer.getResponseBodyAsString(), answer.getStatusCode().value(), failure);
		}
		if (failure instanceof OkHttpHttp.StatusException answer) {
			return new Seen(End.STATUS, answer.body(), answer.status(), failure);
		}
		HttpException answer = answer(failure);
		return (answer != null) ? new Seen(End.STATUS, answer.getMessage(), answer.statusCode(), failure)
				: new Seen(transport(failure), text, 0, failure);
	}

	/** The models of LangChain4j throw it inside of an exception of another type. */
	private static @Nullable HttpException answer(Throwable failure) {
		for (Throwable link = failure; link != null; link = link.getCause()) {
			if (link instanceof HttpException answer) {
				return answer;
			}
		}
		return null;
	}

	private static End transport(Throwable failure) {
		End end = End.OTHER;
		for (Throwable link = failure; link != null; link = link.getCause()) {
			if ((link instanceof TimeoutException || link instanceof SocketTimeoutException)
					&& String.valueOf(link.getMessage()).contains(" exceeded its ")) {
				return End.TIMEOUT;
			}
			if (link instanceof IOException || link instanceof WebClientRequestException) {
				end = End.BROKEN;
			}
		}
		return end;
	}

	/** As somebody who waits for a future gets it. */
	private static Throwable unwrap(Throwable thrown) {
		boolean wrapped = thrown instanceof ExecutionException || thrown instanceof CompletionException;
		return (wrapped && thrown.getCause() != null) ? thrown.getCause() : thrown;
	}

	/**
	 * How a call ends for its caller.
	 */
	enum End {

		/** With all of the answer. */
		ANSWER,

		/** With an answer that is an error. */
		STATUS,

		/** The connection broke. */
		BROKEN,

		/** One of our time limits was exceeded. */
		TIMEOUT,

		/** A breaker has rejected it. */
		REJECTED,

		/** The caller left. */
		LEFT,

		/** An {@link Error}. */
		ERROR,

		/** Anything else. */
		OTHER

	}

}
