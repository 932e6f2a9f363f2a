// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

import io.github.llmbreaker.CallOutcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer over a blocking client as the caller gets it. Its body is opened when the
 * caller opens it, and closed as the client closes it.
 *
 * @param <A> the client's answer
 * @since 0.1.0
 */
public final class BlockingAnswer<A> {

	private static final Logger logger = LoggerFactory.getLogger(BlockingAnswer.class);

	private final HttpAdapter<A> adapter;

	private final A answer;

	private final Attempt attempt;

	private final @Nullable AnswerWatch watch;

	private final long arrived;

	private final boolean guarded;

	private @Nullable InputStream opened;

	private @Nullable InputStream body;

	private @Nullable LimitedInputStream limited;

	private @Nullable WatchedInputStream watched;

	private @Nullable HeldBytes held;

	private @Nullable HeldBytes error;

	private @Nullable CallOutcome outcome;

	private boolean released;

	private BlockingAnswer(HttpAdapter<A> adapter, A answer, Attempt attempt, @Nullable AnswerWatch watch,
			boolean guarded) {
		this.adapter = adapter;
		this.answer = answer;
		this.attempt = attempt;
		this.watch = watch;
		this.guarded = guarded;
		this.arrived = isUnlimited() ? 0 : attempt.permit().elapsedNanos();
	}

	/**
	 * Creates an answer whose body is guarded.
	 * @param answer the answer as it came
	 * @param watch who watches the body; {@code null} if the call has ended
	 */
	static <A> BlockingAnswer<A> of(HttpAdapter<A> adapter, A answer, Attempt attempt, @Nullable AnswerWatch watch) {
		return new BlockingAnswer<>(adapter, answer, attempt, watch, true);
	}

	/** Creates an answer with which everything is done. */
	static <A> BlockingAnswer<A> plain(HttpAdapter<A> adapter, A answer, Attempt attempt) {
		return new BlockingAnswer<>(adapter, answer, attempt, null, false);
	}

	/** Returns the answer as it came. */
	public A answer() {
		return this.answer;
	}

	/**
	 * Whether the body has to be read, and the answer to be closed, by this; otherwise
	 * the client's answer can be handed on as it is.
	 */
	public boolean isGuarded() {
		return this.guarded;
	}

	/** Returns the attempt whose answer it is. */
	public Attempt attempt() {
		return this.attempt;
	}

	/**
	 * Returns how the call ended; {@code null} if it has not ended, and will end well as
	 * far as is known.
	 */
	public @Nullable CallOutcome outcome() {
		return (this.watch != null) ? this.watch.outcome() : this.outcome;
	}

	/** Whether what has passed settles how the call ended. */
	public boolean isSettled() {
		return this.watch == null || this.watch.isSettled();
	}

	@Nullable AnswerWatch watch() {
		return this.watch;
	}

	/** The call has ended, so that nobody watches the body. */
	BlockingAnswer<A> ended(CallOutcome judged) {
		this.outcome = judged;
		return this;
	}

	/**
	 * Opens the body.
	 * @return the body; the same one each time, unless the answer is in memory
	 */
	public InputStream body() throws IOException {
		InputStream known = this.body;
		if (known == null) {
			return open();
		}
		if (isInMemory()) {
			InputStream again = this.adapter.body(this.answer, this.watch);
			if (again != this.opened) {
				return watched(again);
			}
		}
		return known;
	}

	/**
	 * Whether the body can be opened again. Only an answer that is in memory has its body
	 * again.
	 */
	public boolean isInMemory() {
		InputStream first = this.opened;
		return first != null && this.adapter.isInMemory(this.answer, first);
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
		InputStream given = watched(isUnlimited() ? delegate : limited(delegate));
		this.body = given;
		return given;
	}

	private InputStream openDelegate() throws IOException {
		TimeLimits.Deadline deadline = this.attempt.limits().ofTotal();
		return (deadline != null)
				? LimitedWork.finish(this.attempt.permit(), deadline, () -> this.adapter.body(this.answer, this.watch))
				: this.adapter.body(this.answer, this.watch);
	}

	private InputStream limited(InputStream delegate) {
		this.limited = new LimitedInputStream(delegate, this.attempt.permit(), this.attempt.limits(), this.watch,
				this.arrived, this::closeDelegate);
		return this.limited;
	}

	private InputStream watched(InputStream stream) {
		if (this.watch == null) {
			return stream;
		}
		this.watched = new WatchedInputStream(stream, this.watch, this.adapter.length(this.answer), this.watched);
		return this.watched;
	}

	/** An error is not waited for without end, whatever the limits. */
	private boolean isUnlimited() {
		return this.attempt.limits().isNone() && (this.watch != null || !this.guarded);
	}

	/**
	 * Reads the beginning of an error's body, which the caller gets nevertheless, as far
	 * as it can be read in good time.
	 */
	HeldBytes readError() {
		HeldBytes beginning = HeldBytes.NONE;
		try {
			InputStream whole = body();
			beginning = readError(whole, HoldRule.MAX_ERROR_BYTES);
			this.body = beginning.replayed();
			this.error = beginning;
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("The body of an error could not be opened", ex);
		}
		return beginning;
	}

	private HeldBytes readError(InputStream from, int limit) {
		return (from == this.limited) ? HeldBytes.ofError(this.limited, limit, this.arrived)
				: HeldBytes.ofError(from, limit);
	}

	/**
	 * Reads a good answer until it may pass, or breaks: that is the caller's to notice.
	 */
	void hold(AnswerWatch by, HoldRule rule) {
		InputStream whole;
		try {
			whole = body();
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("The body of an answer could not be opened", ex);
			return;
		}
		HeldBytes held = HeldBytes.ofAnswer(whole, by, rule);
		this.held = held;
		this.body = held.replayed();
	}

	/**
	 * Gives the connection back and keeps the body, unless that is too long to keep. A
	 * good answer that has failed ends with what was read: more may never come. One that
	 * broke ends as it did.
	 */
	void detach() {
		HeldBytes failed = this.held;
		if (failed != null && !failed.ended()) {
			if (!failed.isBroken()) {
				this.body = new ByteArrayInputStream(failed.bytes());
			}
			Bodies.leave(failed.rest());
			release();
			return;
		}
		HeldBytes beginning = this.error;
		if (beginning != null && whole(beginning).ended()) {
			release();
		}
	}

	/**
	 * Reads the body of an answer that is an error, as far as it comes in good time.
	 * @return the body, or its beginning
	 */
	public byte[] errorBody() {
		HeldBytes beginning = this.error;
		return whole((beginning != null) ? beginning : readError()).bytes();
	}

	private HeldBytes whole(HeldBytes beginning) {
		if (beginning.ended()) {
			return beginning;
		}
		HeldBytes whole = beginning.followedBy(readError(beginning.rest(), HoldRule.MAX_KEPT_ERROR_BYTES));
		this.error = whole;
		this.body = whole.replayed();
		return whole;
	}

	/** Nobody is going to get the answer. */
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

	/** The caller reads no further. Never fails. */
	public void close() {
		if (this.released) {
			return;
		}
		AnswerWatch running = this.watch;
		if (running != null && !running.isOver()) {
			boolean leaves = running.isStream() && !running.isSettled();
			running.leave();
			if (leaves) {
				leaveBody();
			}
		}
		if (this.limited != null && this.limited.isWaiting()) {
			Bodies.leave(this.limited);
		}
		if (this.limited == null || !this.limited.isLeft()) {
			closeInTime();
		}
	}

	private void closeInTime() {
		TimeLimits.Deadline deadline = this.attempt.limits().ofTotal();
		if (deadline == null) {
			closeDelegate();
			return;
		}
		try {
			LimitedWork.finish(this.attempt.permit(), deadline, () -> {
				closeDelegate();
				return true;
			});
		}
		catch (IOException ex) {
			logger.debug("An answer is closed later", ex);
		}
	}

	private void closeDelegate() {
		this.adapter.close(this.answer);
	}

	/**
	 * Ends an answer that is left in the middle, or has not even begun to be read. Some
	 * clients would read it to its end when it is closed.
	 */
	private void leaveBody() {
		try {
			Bodies.leave(body());
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("The body of an answer could not be opened", ex);
		}
	}

}
