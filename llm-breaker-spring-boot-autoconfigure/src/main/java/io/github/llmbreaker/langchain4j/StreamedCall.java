// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
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
import io.github.llmbreaker.call.Bodies;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one call whose answer is streamed, and tells LangChain4j about it: its events,
 * then either their end or an error.
 */
final class StreamedCall implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(StreamedCall.class);

	private final PlannedRequest planned;

	private final CallTransport transport;

	private final ServerSentEventParser parser;

	private final StreamListener listener;

	private final ClassLoader classLoader = Thread.currentThread().getContextClassLoader();

	StreamedCall(PlannedRequest planned, CallTransport transport, ServerSentEventParser parser,
			ServerSentEventListener listener) {
		this.planned = planned;
		this.transport = transport;
		this.parser = parser;
		this.listener = new StreamListener(listener, parser);
	}

	@Override
	public void run() {
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		thread.setContextClassLoader(this.classLoader);
		try {
			stream();
		}
		catch (Throwable ex) {
			// its message may be what the provider has written
			logger.debug("A streamed call failed with {}", ex.getClass().getName());
			this.listener.fail((ex instanceof Error) ? ex : CallFailures.unanswered(ex));
		}
		finally {
			thread.setContextClassLoader(before);
			// an interrupt of this call must not reach the thread's next one
			Thread.interrupted();
		}
	}

	private void stream() throws Throwable {
		BlockingAnswer<ClientAnswer> answer = this.planned.send(this.transport, true);
		try {
			if (GuardedHttpClient.isSuccessful(answer.answer().status())) {
				this.listener.open(GuardedHttpClient.responseOf(answer, null), answer);
				try (InputStream body = new StreamBody(answer)) {
					this.parser.parse(body, this.listener);
				}
				this.listener.end();
			}
			else {
				this.listener.fail(GuardedHttpClient.failureOf(answer));
			}
		}
		finally {
			answer.close();
		}
	}

	/**
	 * Hands the events of a stream on, and sees to it that it ends once: well, or with an
	 * error, also where LangChain4j would take a stream for complete that is not.
	 */
	private static final class StreamListener implements ServerSentEventListener {

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
		 * As the library's clients do it: what a listener throws is its own affair.
		 * Nobody would catch it.
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

	/**
	 * The body of a stream, which ends where the stream does: what happens to the
	 * connection after the last event, or after an error, is nothing that anyone waits
	 * for.
	 */
	private static final class StreamBody extends FilterInputStream {

		private final BlockingAnswer<?> answer;

		StreamBody(BlockingAnswer<?> answer) throws IOException {
			super(answer.body());
			this.answer = answer;
		}

		@Override
		public int read() throws IOException {
			return Bodies.readOne(this);
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			if (this.answer.isSettled() && this.in.available() == 0 && CallFailures.isFailure(this.answer.outcome())) {
				return -1;
			}
			try {
				return super.read(bytes, offset, length);
			}
			catch (IOException ex) {
				if (this.answer.isSettled()) {
					return -1;
				}
				throw ex;
			}
		}

	}

}
