// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import java.net.SocketTimeoutException;
import java.util.Set;

import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.DefaultServerSentEventParser;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.langchain4j.http.client.sse.ServerSentEventParsingHandle;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.call.BlockingAnswer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the events of a stream on, and sees to it that it ends once: well, or with an
 * error, also where LangChain4j would take a stream for complete that is not.
 */
final class StreamListener implements ServerSentEventListener {

	private static final Logger logger = LoggerFactory.getLogger(StreamListener.class);

	/** Events that the library's models make an error of by themselves. */
	private static final Set<String> ERRORS = Set.of("error", "response.failed", "response.error");

	private final ServerSentEventListener listener;

	private final boolean plain;

	private @Nullable BlockingAnswer<?> answer;

	private volatile @Nullable ServerSentEventParsingHandle handle;

	private boolean toldItself;

	private boolean failed;

	StreamListener(ServerSentEventListener listener, ServerSentEventParser parser) {
		this.listener = listener;
		this.plain = parser instanceof DefaultServerSentEventParser;
	}

	void open(SuccessfulHttpResponse response, BlockingAnswer<?> opened) {
		this.answer = opened;
		quietly(() -> this.listener.onOpen(response));
	}

	@Override
	public void onEvent(ServerSentEvent event) {
		notice(event);
		this.listener.onEvent(event);
	}

	@Override
	public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
		this.handle = context.parsingHandle();
		notice(event);
		this.listener.onEvent(event, context);
	}

	private void notice(ServerSentEvent event) {
		this.toldItself |= event.event() != null && ERRORS.contains(event.event());
	}

	@Override
	public void onError(Throwable error) {
		if (!isCancelled()) {
			fail((error instanceof SocketTimeoutException) ? new TimeoutException(error) : error);
		}
	}

	void fail(Throwable error) {
		if (!this.failed) {
			this.failed = true;
			quietly(() -> this.listener.onError(error));
		}
	}

	/**
	 * The parser has come to the end.
	 */
	void end() {
		BlockingAnswer<?> ended = this.answer;
		CallOutcome outcome = (ended != null) ? ended.outcome() : null;
		if (ended == null || isCancelled() || outcome == null || !CallFailures.isFailure(outcome)) {
			if (!this.failed) {
				quietly(this.listener::onClose);
			}
			return;
		}
		boolean reported = ended.isSettled();
		if (reported && !this.plain) {
			// models with a parser of their own read errors by themselves
			quietly(this.listener::onClose);
		}
		else if (!reported || !this.toldItself) {
			LlmTarget target = ended.attempt().target();
			fail(CallFailures.of(outcome.kind(), new LangChain4jException("The stream of '%s:%s' ended with %s"
				.formatted(target.provider(), (target.model() != null) ? target.model() : "*", outcome.kind()))));
		}
	}

	private boolean isCancelled() {
		ServerSentEventParsingHandle known = this.handle;
		return known != null && known.isCancelled();
	}

	/**
	 * As the library's clients do it: what a listener throws is its own affair. Nobody
	 * would catch it.
	 */
	private static void quietly(Runnable callback) {
		try {
			callback.run();
		}
		catch (Exception | Error ex) {
			logger.debug("A listener of a stream failed with {}", ex.getClass().getName());
		}
	}

}
