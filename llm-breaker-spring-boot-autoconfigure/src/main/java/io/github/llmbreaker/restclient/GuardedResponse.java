// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.call.AnswerWatch;
import io.github.llmbreaker.call.Attempt;
import io.github.llmbreaker.call.Bodies;
import io.github.llmbreaker.call.HeldBytes;
import io.github.llmbreaker.call.HoldRule;
import io.github.llmbreaker.call.LimitedInputStream;
import io.github.llmbreaker.call.LimitedWork;
import io.github.llmbreaker.call.TimeLimits;
import io.github.llmbreaker.call.WatchedInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/**
 * An answer as the caller gets it. Its body is opened when the caller opens it, and
 * closed as the client closes it.
 */
final class GuardedResponse implements ClientHttpResponse {

	private static final Logger logger = LoggerFactory.getLogger(GuardedResponse.class);

	private final ClientHttpResponse response;

	private final CallPermit permit;

	private final TimeLimits limits;

	private final @Nullable AnswerWatch watch;

	private final long arrived;

	private @Nullable InputStream opened;

	private @Nullable InputStream body;

	private @Nullable LimitedInputStream limited;

	private @Nullable WatchedInputStream watched;

	private @Nullable HeldBytes held;

	private boolean released;

	/**
	 * Creates it.
	 * @param response the answer as it came
	 * @param attempt the attempt whose answer it is
	 * @param watch who watches the body; {@code null} if the call has ended
	 */
	GuardedResponse(ClientHttpResponse response, Attempt attempt, @Nullable AnswerWatch watch) {
		this.response = response;
		this.permit = attempt.permit();
		this.limits = attempt.limits();
		this.watch = watch;
		this.arrived = this.limits.isNone() ? 0 : this.permit.elapsedNanos();
	}

	@Nullable AnswerWatch watch() {
		return this.watch;
	}

	@Override
	public HttpStatusCode getStatusCode() throws IOException {
		return this.response.getStatusCode();
	}

	@Override
	public String getStatusText() throws IOException {
		return this.response.getStatusText();
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.response.getHeaders();
	}

	@Override
	public InputStream getBody() throws IOException {
		InputStream known = this.body;
		if (known == null) {
			return open();
		}
		if (isInMemory()) {
			InputStream again = this.response.getBody();
			if (again != this.opened) {
				return watched(again);
			}
		}
		return known;
	}

	/** Only an answer that is in memory has its body again. */
	private boolean isInMemory() {
		return (this.response instanceof GuardedResponse inside) ? inside.isInMemory()
				: this.opened instanceof ByteArrayInputStream;
	}

	private InputStream open() throws IOException {
		InputStream delegate;
		try {
			delegate = openDelegate();
		}
		catch (Throwable ex) {
			if (this.watch != null) {
				this.watch.fail(ex);
			}
			throw ex;
		}
		this.opened = delegate;
		InputStream given = watched(this.limits.isNone() ? delegate : limited(delegate));
		this.body = given;
		return given;
	}

	private InputStream openDelegate() throws IOException {
		TimeLimits.Deadline deadline = this.limits.ofTotal();
		return (deadline != null) ? LimitedWork.finish(this.permit, deadline, this.response::getBody)
				: this.response.getBody();
	}

	private InputStream limited(InputStream delegate) {
		this.limited = new LimitedInputStream(delegate, this.permit, this.limits, this.watch, this.arrived,
				this::closeDelegate);
		return this.limited;
	}

	private InputStream watched(InputStream stream) {
		if (this.watch == null) {
			return stream;
		}
		this.watched = new WatchedInputStream(stream, this.watch, length(), this.watched);
		return this.watched;
	}

	/** What is decoded on its way has another length than announced. */
	private long length() {
		HttpHeaders headers = getHeaders();
		return (headers.getFirst(HttpHeaders.CONTENT_ENCODING) == null) ? headers.getContentLength() : -1;
	}

	/**
	 * Reads the beginning of an error's body, which the caller gets nevertheless, as far
	 * as it can be read.
	 */
	HeldBytes readError(int limit) {
		HeldBytes held;
		try {
			held = HeldBytes.ofError(getBody(), limit);
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("The body of an error could not be opened", ex);
			return HeldBytes.NONE;
		}
		this.body = held.replayed();
		return held;
	}

	/**
	 * Reads a good answer until it may pass.
	 */
	void hold(AnswerWatch by, HoldRule rule) throws IOException {
		HeldBytes held = HeldBytes.ofAnswer(getBody(), by,
				(size) -> rule.mayPass(by.isStream(), by.hasContent(), size));
		this.held = held;
		this.body = held.replayed();
	}

	/**
	 * Gives the connection back and keeps the body, unless that is too long to keep. A
	 * good answer that has failed ends with what was read: more may never come.
	 */
	void detach() {
		HeldBytes failed = this.held;
		if (failed != null && !failed.ended()) {
			this.body = new ByteArrayInputStream(failed.bytes());
			Bodies.leave(failed.rest());
			release();
			return;
		}
		HeldBytes held = readError(HoldRule.MAX_KEPT_ERROR_BYTES);
		if (held.ended()) {
			release();
		}
	}

	/**
	 * Nobody is going to get the answer.
	 */
	void discard() {
		if (!this.released && this.held != null) {
			detach();
		}
		close();
	}

	private void release() {
		this.released = true;
		if (this.limited == null || !this.limited.isLeft()) {
			closeDelegate();
		}
	}

	@Override
	public void close() {
		if (this.released) {
			return;
		}
		AnswerWatch running = this.watch;
		if (running != null && !running.isOver()) {
			boolean leaves = running.isStream() && !running.isSettled();
			running.leave();
			if (leaves) {
				closeBody(this);
			}
		}
		if (this.limited == null || !this.limited.isLeft()) {
			closeInTime();
		}
	}

	private void closeInTime() {
		TimeLimits.Deadline deadline = this.limits.ofTotal();
		if (deadline == null) {
			closeDelegate();
			return;
		}
		try {
			LimitedWork.finish(this.permit, deadline, () -> {
				closeDelegate();
				return true;
			});
		}
		catch (IOException ex) {
			logger.debug("An answer is closed later", ex);
		}
	}

	private void closeDelegate() {
		close(this.response);
	}

	/**
	 * Ends an answer that is left in the middle, or has not even begun to be read. The
	 * client would read it to its end when it is closed.
	 */
	static void closeBody(ClientHttpResponse response) {
		try {
			Bodies.leave(response.getBody());
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("The body of an answer could not be opened", ex);
		}
	}

	static void close(ClientHttpResponse response) {
		try {
			response.close();
		}
		catch (RuntimeException ex) {
			// as ClientHttpResponse demands: closing never fails
			logger.debug("Closing an answer failed", ex);
		}
	}

}
