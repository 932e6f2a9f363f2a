// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.okhttp;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import io.github.llmbreaker.LlmCallTrace;
import io.github.llmbreaker.breaker.Ticker;
import io.github.llmbreaker.call.AnswerWatch;
import io.github.llmbreaker.call.Attempt;
import io.github.llmbreaker.call.Bodies;
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

	/** A call has been running a little longer than we know. */
	private static final int TOLERANCE = 20;

	private final Interceptor.Chain chain;

	private final OutgoingCall outgoing;

	private final AttemptClients clients;

	private final Ticker ticker;

	private final long start;

	private boolean begun;

	private volatile @Nullable OwnCall own;

	OkHttpAdapter(Interceptor.Chain chain, OutgoingCall outgoing, AttemptClients clients, Ticker ticker) {
		this.chain = chain;
		this.outgoing = outgoing;
		this.clients = clients;
		this.ticker = ticker;
		this.start = ticker.nanos();
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
			if (isOver()) {
				attempt.end(Outcomes.timeout(null));
			}
			else if (hasLeft()) {
				attempt.cancelled(false);
			}
			throw ex;
		}
	}

	private Response send(Attempt attempt, RequestRoute route, Request request) throws IOException {
		boolean crossing = route.isCrossing();
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

	/** Whether the application has cancelled the call. */
	private boolean hasLeft() {
		return this.chain.call().isCanceled();
	}

	/**
	 * Whether the client's limit for the whole call was exceeded, by which OkHttp cancels
	 * it.
	 */
	private boolean isOver() {
		long limit = this.chain.call().timeout().timeoutNanos();
		return limit > 0 && hasLeft() && this.ticker.nanos() - this.start >= limit - limit / TOLERANCE;
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
		return new AbortableBody(body.byteStream(), answer.request().tag(OwnCall.class), watch);
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

	/**
	 * The body of an answer, which another thread can close while somebody reads.
	 */
	private final class AbortableBody extends FilterInputStream {

		private final @Nullable OwnCall own;

		private final @Nullable AnswerWatch watch;

		private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);

		AbortableBody(InputStream body, @Nullable OwnCall own, @Nullable AnswerWatch watch) {
			super(body);
			this.own = own;
			this.watch = watch;
		}

		@Override
		public int read() throws IOException {
			return Bodies.readOne(this);
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			if (!this.state.compareAndSet(State.IDLE, State.READING)) {
				throw new IOException("The answer was closed");
			}
			try {
				return this.in.read(bytes, offset, length);
			}
			catch (IOException ex) {
				left();
				throw ex;
			}
			finally {
				if (!this.state.compareAndSet(State.READING, State.IDLE)) {
					this.in.close();
				}
			}
		}

		/** What fails because the caller has left says nothing about the provider. */
		private void left() {
			AnswerWatch watching = this.watch;
			if (watching == null || !hasLeft()) {
				return;
			}
			if (isOver()) {
				watching.timeOut(null, true);
			}
			else {
				watching.cancel(true);
			}
		}

		@Override
		public int available() throws IOException {
			return (this.state.get() == State.IDLE) ? this.in.available() : 0;
		}

		@Override
		public void close() throws IOException {
			State before = this.state.getAndSet(State.CLOSED);
			if (before == State.READING && this.own != null) {
				this.own.abort();
			}
			if (before == State.IDLE) {
				this.in.close();
			}
		}

	}

	private enum State {

		/** Nobody is reading. */
		IDLE,

		/** Somebody is, and may be waiting. */
		READING,

		/** It was closed; who is reading closes what is inside. */
		CLOSED

	}

}
