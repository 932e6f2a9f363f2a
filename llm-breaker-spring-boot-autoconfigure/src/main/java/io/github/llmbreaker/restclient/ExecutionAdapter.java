// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

import io.github.llmbreaker.LlmCallTrace;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.call.AnswerWatch;
import io.github.llmbreaker.call.Attempt;
import io.github.llmbreaker.call.HttpAdapter;
import io.github.llmbreaker.call.RequestRoute;
import io.github.llmbreaker.provider.HeaderLookup;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Sends the request of one call with Spring's blocking clients.
 *
 * @param execution what comes after our interceptor
 * @param original the request as it was made
 */
record ExecutionAdapter(ClientHttpRequestExecution execution,
		OutgoingRequest original) implements HttpAdapter<ClientHttpResponse> {

	private static final Logger logger = LoggerFactory.getLogger(ExecutionAdapter.class);

	/** The attribute that names the attempt by which a request is made. */
	private static final String PLANNED = ExecutionAdapter.class.getName() + ".planned";

	/**
	 * Returns the call around this one that makes a request and plans what comes after
	 * it: the same guard is there twice.
	 */
	static @Nullable CallPermit planning(HttpRequest request) {
		CallPermit outer = CallPermit.current();
		return (outer != null && request.getAttributes().get(PLANNED) == outer) ? outer : null;
	}

	@Override
	public String method() {
		return this.original.request().getMethod().name();
	}

	@Override
	public @Nullable ClientHttpResponse send(Attempt attempt, RequestRoute route) throws IOException {
		OutgoingRequest outgoing = this.original.on(route);
		HttpRequest request = outgoing.request();
		attempt.permit().traceTo((LlmCallTrace) request.getAttributes().get(LlmCallTrace.ATTRIBUTE));
		if (attempt.holdRule().holds()) {
			request.getAttributes().put(PLANNED, attempt.permit());
		}
		return this.execution.execute(request, outgoing.body());
	}

	@Override
	public int status(ClientHttpResponse answer) throws IOException {
		return answer.getStatusCode().value();
	}

	@Override
	public HeaderLookup headers(ClientHttpResponse answer) {
		return answer.getHeaders()::getFirst;
	}

	/** Some answers that applications make have none, which Spring puts up with. */
	@Override
	public InputStream body(ClientHttpResponse answer, @Nullable AnswerWatch watch) throws IOException {
		InputStream body = answer.getBody();
		return (body != null) ? body : InputStream.nullInputStream();
	}

	@Override
	public boolean isInMemory(ClientHttpResponse answer, InputStream opened) {
		return (answer instanceof GuardedResponse inside) ? inside.answer().isInMemory()
				: opened instanceof ByteArrayInputStream;
	}

	@Override
	public void close(ClientHttpResponse answer) {
		try {
			answer.close();
		}
		catch (RuntimeException ex) {
			// as ClientHttpResponse demands: closing never fails
			logger.debug("Closing an answer failed", ex);
		}
	}

}
