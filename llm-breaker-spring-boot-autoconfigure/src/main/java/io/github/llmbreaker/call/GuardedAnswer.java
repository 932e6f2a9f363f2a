// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.provider.HeaderLookup;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer over HTTP as the caller gets it: watched while it is read, within the time
 * limits of its attempt. Read by one thread; closing it is safe from any.
 *
 * @since 0.1.0
 */
public final class GuardedAnswer {

	private static final Logger logger = LoggerFactory.getLogger(GuardedAnswer.class);

	private final RawAnswer raw;

	private final Attempt attempt;

	private final @Nullable AnswerWatch watch;

	private final long arrived;

	private volatile @Nullable InputStream body;

	private volatile @Nullable LimitedInputStream limited;

	private @Nullable HeldBytes held;

	private boolean released;

	private @Nullable CallOutcome outcome;

	/**
	 * Creates it.
	 * @param raw the answer as it came
	 * @param attempt the attempt whose answer it is
	 * @param watch who watches the body; {@code null} if the call has ended
	 */
	GuardedAnswer(RawAnswer raw, Attempt attempt, @Nullable AnswerWatch watch) {
		this.raw = raw;
		this.attempt = attempt;
		this.watch = watch;
		this.arrived = attempt.limits().isNone() ? 0 : attempt.permit().elapsedNanos();
	}

	/**
	 * Returns the attempt whose answer it is.
	 * @return the attempt
	 */
	public Attempt attempt() {
		return this.attempt;
	}

	/**
	 * Returns the status.
	 * @return the status
	 */
	public int status() {
		return this.raw.status();
	}

	/**
	 * Returns the answer as the client has it, for what is not watched.
	 * @return the answer, whose body is read through this
	 */
	public RawAnswer raw() {
		return this.raw;
	}

	/**
	 * Returns the headers.
	 * @return the headers
	 */
	public HeaderLookup headers() {
		return this.raw.headers();
	}

	/**
	 * Returns how the call ended.
	 * @return the outcome as judged; {@code null} if it has not ended
	 */
	public @Nullable CallOutcome outcome() {
		return (this.watch != null) ? this.watch.outcome() : this.outcome;
	}

	GuardedAnswer ended(CallOutcome judged) {
		this.outcome = judged;
		return this;
	}

	/**
	 * Whether what has passed settles how the call ended.
	 * @return whether nothing that follows changes it
	 */
	public boolean isSettled() {
		return this.watch == null || this.watch.isSettled();
	}

	@Nullable AnswerWatch watch() {
		return this.watch;
	}

	/**
	 * Returns the body.
	 * @return the same body every time
	 * @throws IOException if it can't be opened
	 */
	public InputStream body() throws IOException {
		InputStream known = this.body;
		return (known != null) ? known : open();
	}

	private InputStream open() throws IOException {
		InputStream opened;
		try {
			opened = this.raw.body();
		}
		catch (Throwable ex) {
			if (this.watch != null) {
				this.watch.fail(ex);
			}
			throw ex;
		}
		InputStream given = this.attempt.limits().isNone() ? opened : limited(opened);
		if (this.watch != null) {
			given = new WatchedInputStream(given, this.watch, length(), null);
		}
		this.body = given;
		return given;
	}

	private InputStream limited(InputStream opened) {
		LimitedInputStream stream = new LimitedInputStream(opened, this.attempt.permit(), this.attempt.limits(),
				this.watch, this.arrived, this.raw::close);
		this.limited = stream;
		return stream;
	}

	/** What is decoded on its way has another length than announced. */
	private long length() {
		String length = headers().first("content-length");
		try {
			return (length != null && headers().first("content-encoding") == null) ? Long.parseLong(length.strip())
					: -1;
		}
		catch (NumberFormatException ex) {
			return -1;
		}
	}

	/**
	 * Reads the beginning of an error's body, which the caller gets nevertheless, as far
	 * as it can be read.
	 */
	HeldBytes readError(int limit) {
		HeldBytes error;
		try {
			error = HeldBytes.ofError(body(), limit);
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("The body of an error could not be opened", ex);
			return HeldBytes.NONE;
		}
		this.body = error.replayed();
		return error;
	}

	/**
	 * Reads a good answer until it may pass.
	 */
	void hold(AnswerWatch by, HoldRule rule) throws IOException {
		HeldBytes beginning = HeldBytes.ofAnswer(body(), by,
				(size) -> rule.mayPass(by.isStream(), by.hasContent(), size));
		this.held = beginning;
		this.body = beginning.replayed();
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
		if (readError(HoldRule.MAX_KEPT_ERROR_BYTES).ended()) {
			release();
		}
	}

	/**
	 * Gives up what has not been read.
	 */
	public void close() {
		if (this.released) {
			return;
		}
		AnswerWatch running = this.watch;
		if (running != null && !running.isOver()) {
			running.leave();
		}
		release();
	}

	private void release() {
		this.released = true;
		LimitedInputStream stream = this.limited;
		if (stream == null) {
			this.raw.close();
			return;
		}
		if (!stream.isLeft()) {
			Bodies.leave(stream);
		}
		if (!stream.isLeft()) {
			this.raw.close();
		}
	}

}
