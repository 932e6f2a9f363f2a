// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import java.io.InputStream;

import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import io.github.llmbreaker.call.BlockingAnswer;
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

}
