// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.okhttp;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;

import io.github.llmbreaker.LlmCallTrace;
import io.github.llmbreaker.breaker.Ticker;
import io.github.llmbreaker.call.AnswerWatch;
import io.github.llmbreaker.call.Attempt;
import io.github.llmbreaker.call.HttpAdapter;
import io.github.llmbreaker.call.Outcomes;
import io.github.llmbreaker.call.RequestRoute;
import io.github.llmbreaker.provider.HeaderLookup;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the request of one call with OkHttp. The first attempt is the call that the
 * application makes, unless it may have to be aborted; all others are calls of their own.
 */
final class OkHttpAdapter implements HttpAdapter<Response> {

	private static final Logger logger = LoggerFactory.getLogger(OkHttpAdapter.class);

	private final Interceptor.Chain chain;

	private final OutgoingCall outgoing;

	private final AttemptClients clients;

	private final CallersPatience patience;

	private boolean begun;

	private volatile @Nullable OwnCall own;

	OkHttpAdapter(Interceptor.Chain chain, OutgoingCall outgoing, AttemptClients clients, Ticker ticker) {
		this.chain = chain;
		this.outgoing = outgoing;
		this.clients = clients;
		this.patience = new CallersPatience(chain.call(), ticker);
	}

	@Override
	public String method() {
		return this.chain.request().method();
	}

	@Override
	public Response send(Attempt attempt, RequestRoute route) throws IOException {
		attempt.permit().traceTo(this.chain.request().tag(LlmCallTrace.class));
		Request request = this.outgoing.on(route, attempt.holdRule().holds() ? attempt.permit() : null);
		try {
			return send(attempt, route, request);
		}
		catch (IOException ex) {
			if (this.patience.isOver()) {
				attempt.end(Outcomes.timeout(null));
			}
			else if (this.patience.hasLeft()) {
				attempt.cancelled(false);
			}
			throw ex;
		}
	}

	private Response send(Attempt attempt, RequestRoute route, Request request) throws IOException {
		boolean crossing = route.rewrite() != null && route.rewrite().isOtherProvider();
		boolean first = !this.begun;
		this.begun = true;
		if (!crossing && first && (attempt.limits().isNone() || request.header("Upgrade") != null)) {
			return this.chain.proceed(request);
		}
		OkHttpClient client = crossing ? this.clients.crossing(this.chain) : this.clients.inside(this.chain);
		OwnCall call = new OwnCall(this.chain.call());
		this.own = call;
		return call.execute(client, request);
	}

	@Override
	public void abort() {
		OwnCall call = this.own;
		if (call != null) {
			call.abort();
		}
	}

	@Override
	public int status(Response answer) {
		return answer.code();
	}

	@Override
	public boolean isDiverted(Response answer) {
		return answer.priorResponse() != null && !answer.request().method().equals(method());
	}

	@Override
	public HeaderLookup headers(Response answer) {
		return (name) -> {
			List<String> values = answer.headers(name);
			return values.isEmpty() ? null : values.get(0);
		};
	}

	@Override
	public InputStream body(Response answer, @Nullable AnswerWatch watch) {
		ResponseBody body = Objects.requireNonNull(answer.body());
		return new AbortableBody(body.byteStream(), answer.request().tag(OwnCall.class), this.patience, watch);
	}

	@Override
	public long length(Response answer) {
		return Objects.requireNonNull(answer.body()).contentLength();
	}

	@Override
	public void close(Response answer) {
		OwnCall call = answer.request().tag(OwnCall.class);
		if (call != null) {
			call.end();
		}
		try {
			answer.close();
		}
		catch (RuntimeException ex) {
			logger.debug("Closing an answer failed", ex);
		}
	}

}
