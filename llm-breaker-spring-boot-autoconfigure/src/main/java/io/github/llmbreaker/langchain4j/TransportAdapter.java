// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import java.io.IOException;
import java.io.InputStream;

import io.github.llmbreaker.call.AnswerWatch;
import io.github.llmbreaker.call.Attempt;
import io.github.llmbreaker.call.HttpAdapter;
import io.github.llmbreaker.call.RequestRoute;
import io.github.llmbreaker.provider.HeaderLookup;
import org.jspecify.annotations.Nullable;

/**
 * Sends the request of one call with the transport of its model.
 *
 * @param transport sends it
 * @param outgoing the request
 * @param stream whether a stream is asked for
 */
record TransportAdapter(CallTransport transport, ModelRequest outgoing,
		boolean stream) implements HttpAdapter<ClientAnswer> {

	@Override
	public String method() {
		return this.outgoing.request().method().name();
	}

	@Override
	public ClientAnswer send(Attempt attempt, RequestRoute route) throws IOException {
		return this.transport.send(this.outgoing, route, this.stream);
	}

	@Override
	public int status(ClientAnswer answer) {
		return answer.status();
	}

	@Override
	public boolean isDiverted(ClientAnswer answer) {
		return !answer.isAnswerTo(method());
	}

	@Override
	public HeaderLookup headers(ClientAnswer answer) {
		return answer.headers();
	}

	@Override
	public InputStream body(ClientAnswer answer, @Nullable AnswerWatch watch) throws IOException {
		return answer.body();
	}

	@Override
	public void close(ClientAnswer answer) {
		answer.close();
	}

}
