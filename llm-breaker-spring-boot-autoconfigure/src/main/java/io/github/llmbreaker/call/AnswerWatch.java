// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.provider.AnswerHead;
import io.github.llmbreaker.provider.BodyObserver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the body of one good answer pass and decides, once, how the call ended.
 * <p>
 * One thread at a time is at the observer. Who ends the call while another thread reads
 * only leaves a mark, and the reading thread judges when it has read.
 *
 * @since 0.1.0
 */
public final class AnswerWatch {

	private static final Logger logger = LoggerFactory.getLogger(AnswerWatch.class);

	/** Nobody is at the observer. */
	private static final int IDLE = 0;

	private static final int READING = 1;

	/** The caller has left while somebody reads. */
	private static final int LEFT = 2;

	/** The observer is whose who ended the call. */
	private static final int ENDED = 3;

	private static final AtomicIntegerFieldUpdater<AnswerWatch> STATE = AtomicIntegerFieldUpdater
		.newUpdater(AnswerWatch.class, "state");

	private static final AtomicIntegerFieldUpdater<AnswerWatch> CLAIMED = AtomicIntegerFieldUpdater
		.newUpdater(AnswerWatch.class, "claimed");

	private final Settlement call;

	private final int status;

	private final TimeLimits limits;

	private final long answeredAt;

	private @Nullable BodyObserver observer;

	private volatile int state;

	private volatile int claimed;

	private volatile long contentEvents;

	private volatile boolean stream;

	private volatile boolean settled;

	private volatile @Nullable CallOutcome outcome;

	private volatile @Nullable TimeoutException timeout;

	private AnswerWatch(Settlement call, @Nullable BodyObserver observer, int status, TimeLimits limits) {
		this.call = call;
		this.observer = observer;
		this.status = status;
		this.limits = limits;
		this.answeredAt = limits.isNone() ? 0 : call.permit().elapsedNanos();
		look();
	}

	/** Starts to watch. */
	public static AnswerWatch of(Settlement call, AnswerHead head) {
		BodyObserver observer = call.observe(head);
		AnswerWatch watch = new AnswerWatch(call, observer, head.status(), call.attempt().limits());
		if (observer != null && !watch.isStream()) {
			call.permit().answered();
		}
		if ("0".equals(head.headers().first("content-length"))) {
			// some clients would not even look whether there is a body
			watch.complete();
		}
		return watch;
	}

	/**
	 * Somebody reads the body.
	 * @return whether it had not been before
	 */
	public boolean claim() {
		return CLAIMED.compareAndSet(this, 0, 1);
	}

	/** Whether somebody reads the body. */
	public boolean isClaimed() {
		return this.claimed != 0;
	}

	/** Returns the attempt whose answer it is. */
	public Settlement call() {
		return this.call;
	}

	/** Returns how long the attempt may take. */
	public TimeLimits limits() {
		return this.limits;
	}

	/** Returns after how many nanoseconds the head had arrived; 0 without limits. */
	public long answeredAt() {
		return this.answeredAt;
	}

	/** Returns whether the answer is a stream of events, as far as is known. */
	public boolean isStream() {
		return this.stream;
	}

	/** Whether what has passed settles how the call ended. */
	public boolean isSettled() {
		return this.settled;
	}

	/** Returns whether content has passed. */
	public boolean hasContent() {
		return this.contentEvents > 0;
	}

	/** Returns how many content events have passed so far. */
	public long contentEvents() {
		return this.contentEvents;
	}

	/** Whether the call has ended, as far as it is known. */
	public boolean isOver() {
		return this.call.permit().isCompleted();
	}

	/**
	 * Returns how the call ended; {@code null} if it has not ended, and will end well as
	 * far as is known.
	 */
	public @Nullable CallOutcome outcome() {
		if (this.settled && take()) {
			this.outcome = this.call.read(this.observer, this.status);
		}
		return this.outcome;
	}

	/**
	 * Looks at what has arrived next, from position to limit, and leaves it as it is.
	 * @return whether they held content
	 */
	public boolean see(Iterator<ByteBuffer> pieces) {
		if (!STATE.compareAndSet(this, IDLE, READING)) {
			return false;
		}
		long before = this.contentEvents;
		while (pieces.hasNext()) {
			read(pieces.next());
		}
		return seen(before);
	}

	/**
	 * Looks at what has arrived next, from position to limit, and leaves it as it is.
	 * @return whether they held content
	 */
	public boolean see(ByteBuffer piece) {
		if (!STATE.compareAndSet(this, IDLE, READING)) {
			return false;
		}
		long before = this.contentEvents;
		read(piece);
		return seen(before);
	}

	private boolean seen(long before) {
		if (!STATE.compareAndSet(this, READING, IDLE)) {
			this.state = ENDED;
			judgeLeaving(true);
		}
		return this.contentEvents > before;
	}

	private void read(ByteBuffer piece) {
		BodyObserver watching = this.observer;
		if (watching == null) {
			return;
		}
		try {
			watching.onChunk(piece);
			look();
		}
		catch (Throwable ex) {
			ignore(ex);
		}
	}

	private void look() {
		BodyObserver watching = this.observer;
		if (watching == null) {
			return;
		}
		try {
			if (this.stream != watching.isStream()) {
				this.stream = !this.stream;
			}
			if (!this.settled && watching.isSettled()) {
				this.settled = true;
			}
			countContent(watching.contentEvents());
		}
		catch (Throwable ex) {
			ignore(ex);
		}
	}

	private void countContent(long now) {
		long before = this.contentEvents;
		if (now != before) {
			this.contentEvents = now;
		}
		if (before == 0 && now > 0 && this.stream) {
			this.call.permit().contentStarted();
		}
	}

	/** Whatever a dialect throws, an error included, the answer reaches the caller. */
	private void ignore(Throwable failure) {
		logger.debug("An observer failed to read an answer", failure);
		this.observer = null;
		this.settled = false;
	}

	/** The body has ended. */
	public void complete() {
		if (take()) {
			this.outcome = this.call.read(this.observer, this.status);
		}
	}

	/** The connection failed. */
	public void fail(Throwable error) {
		if (take() && !judgeIfSettled()) {
			this.outcome = this.call.interrupted(error, this.status);
		}
	}

	/**
	 * The caller wants no more.
	 * @param waiting whether it ever wanted anything
	 */
	public void cancel(boolean waiting) {
		if (take()) {
			judgeLeaving(waiting);
		}
	}

	/** The caller reads no further, or never began to: then the head was enough. */
	public void leave() {
		if (isClaimed()) {
			cancel(true);
		}
		else {
			leaveUnread();
		}
	}

	/** The head was enough. */
	public void leaveUnread() {
		if (!isClaimed() && take()) {
			this.outcome = this.call.end(Outcomes.success(this.status));
		}
	}

	/**
	 * One of our own limits was exceeded.
	 * @param error says which; {@code null} if nobody is going to ask
	 * @param waiting whether the caller was waiting for the provider
	 */
	public void timeOut(@Nullable TimeoutException error, boolean waiting) {
		this.timeout = error;
		if (take() && !judgeIfSettled()) {
			this.outcome = this.call.end(waiting ? Outcomes.timeout(this.status) : Outcomes.cancelled(this.status));
		}
	}

	/** Returns the limit that was exceeded; {@code null} if none was. */
	public @Nullable TimeoutException timeout() {
		return this.timeout;
	}

	/**
	 * Takes the observer for good.
	 * @return whether to judge; otherwise somebody has, or who is reading will
	 */
	private boolean take() {
		while (true) {
			int now = this.state;
			if (now == IDLE && STATE.compareAndSet(this, IDLE, ENDED)) {
				return true;
			}
			if (now > READING || (now == READING && STATE.compareAndSet(this, READING, LEFT))) {
				return false;
			}
		}
	}

	private void judgeLeaving(boolean waiting) {
		if (!judgeIfSettled() && !judgeIfBrokenOrWhole()) {
			this.outcome = (waiting && !hasContent()) ? this.call.abandoned(this.status)
					: this.call.end(Outcomes.CANCELLED);
		}
	}

	private boolean judgeIfSettled() {
		if (this.settled) {
			this.outcome = this.call.read(this.observer, this.status);
		}
		return this.settled;
	}

	/**
	 * Who decodes a stream leaves at an event that is not what it should be. A reader
	 * that has seen the end of a document rarely asks for the end of the body; a document
	 * that has not come to its end is a stream error for all observers.
	 */
	private boolean judgeIfBrokenOrWhole() {
		BodyObserver watching = this.observer;
		if (watching == null) {
			return false;
		}
		try {
			CallOutcome read = watching.isBroken() ? watching.outcome() : whole(watching);
			if (read != null) {
				this.outcome = this.call.end(read);
				return true;
			}
		}
		catch (Throwable ex) {
			ignore(ex);
		}
		return false;
	}

	private @Nullable CallOutcome whole(BodyObserver watching) {
		CallOutcome read = (!this.stream && hasContent()) ? watching.outcome() : null;
		return (read != null && read.kind() != OutcomeKind.STREAM_ERROR) ? read : null;
	}

}
