// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.EnumSet;
import java.util.Set;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import org.jspecify.annotations.Nullable;

/**
 * Says with LangChain4j's exceptions what has failed.
 */
final class CallFailures {

	private static final Set<OutcomeKind> COMPLETE = EnumSet.of(OutcomeKind.SUCCESS, OutcomeKind.CONTENT_FILTERED,
			OutcomeKind.CANCELLED);

	private CallFailures() {
	}

	/**
	 * Returns what LangChain4j's clients throw if there is no answer.
	 */
	static RuntimeException unanswered(Throwable thrown) {
		if (thrown instanceof HttpTimeoutException || thrown instanceof SocketTimeoutException) {
			return new TimeoutException(thrown);
		}
		if (thrown instanceof RuntimeException unchecked) {
			return unchecked;
		}
		return (thrown instanceof IOException) ? new RuntimeException(thrown) : new LangChain4jException(thrown);
	}

	/**
	 * Whether an answer that began well is none.
	 */
	static boolean isFailure(@Nullable CallOutcome outcome) {
		return outcome != null && !COMPLETE.contains(outcome.kind());
	}

	/**
	 * Returns what LangChain4j's models throw for an outcome.
	 */
	static RuntimeException of(OutcomeKind kind, Throwable cause) {
		return switch (kind) {
			case RATE_LIMITED, QUOTA_EXHAUSTED -> new RateLimitException(cause);
			case OVERLOADED, SERVER_ERROR, CONNECT_ERROR, STREAM_ERROR -> new InternalServerException(cause);
			case AUTH, PERMISSION -> new AuthenticationException(cause);
			case TIMEOUT -> new TimeoutException(cause);
			case CLIENT_ERROR, CONTEXT_LENGTH -> new InvalidRequestException(cause);
			case MODEL_NOT_FOUND -> new ModelNotFoundException(cause);
			case CONTENT_FILTERED -> new ContentFilteredException(cause);
			case SUCCESS, CANCELLED -> new LangChain4jException(cause);
		};
	}

}
