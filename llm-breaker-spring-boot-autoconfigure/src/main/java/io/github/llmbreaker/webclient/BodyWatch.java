// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.call.Outcomes;
import io.github.llmbreaker.call.Settlement;
import io.github.llmbreaker.call.TimeLimits;
import io.github.llmbreaker.provider.BodyObserver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * Watches one body pass and decides, once, how the call ended.
 * <p>
 * One thread at a time is at the observer. Who ends the call while another thread reads
 * only leaves a mark, and the reading thread judges when it has read.
 */
final class BodyWatch {

	private static final Logger logger = LoggerFactory.getLogger(BodyWatch.class);

	/** Nobody is at the observer. */
	private static final int IDLE = 0;

	private static final int READING = 1;

	/** The caller has left while somebody reads. */
	private static final int LEFT = 2;

	/** The observer is whose who ended the call. */
	private static final int ENDED = 3;

	private static final AtomicIntegerFieldUpdater<BodyWatch> STATE = AtomicIntegerFieldUpdater
		.newUpdater(BodyWatch.class, "state");

	private static final AtomicIntegerFieldUpdater<BodyWatch> CLAIMED = AtomicIntegerFieldUpdater
		.newUpdater(BodyWatch.class, "claimed");

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

	BodyWatch(Settlement call, @Nullable BodyObserver observer, int status, TimeLimits limits) {
		this.call = call;
		this.observer = observer;
		this.status = status;
		this.limits = limits;
		this.answeredAt = limits.isNone() ? 0 : elapsedNanos();
		look();
	}

	/**
	 * The body is subscribed.
	 * @return whether it had not been before
	 */
	boolean claim() {
		return CLAIMED.compareAndSet(this, 0, 1);
	}

	boolean isClaimed() {
		return this.claimed != 0;
	}

	Settlement call() {
		return this.call;
	}

	TimeLimits limits() {
		return this.limits;
	}

	/**
	 * Returns how long the call has been running.
	 */
	long elapsedNanos() {
		return this.call.permit().elapsedNanos();
	}

	/**
	 * Returns how long the call had been running when the head arrived; 0 without limits.
	 */
	long answeredAt() {
		return this.answeredAt;
	}

	boolean isStream() {
		return this.stream;
	}

	/**
	 * Whether what has passed settles how the call ended.
	 */
	boolean isSettled() {
		return this.settled;
	}

	boolean hasContent() {
		return this.contentEvents > 0;
	}

	/**
	 * Returns how the call ended.
	 * @return the outcome as judged; {@code null} if it has not ended, and will end well
	 * as far as is known
	 */
	@Nullable CallOutcome outcome() {
		if (this.settled && take()) {
			this.outcome = this.call.read(this.observer, this.status);
		}
		return this.outcome;
	}

	/**
	 * Looks at the next buffer, and leaves it as it is.
	 * @return whether it held content
	 */
	boolean see(DataBuffer buffer) {
		if (!STATE.compareAndSet(this, IDLE, READING)) {
			return false;
		}
		long before = this.contentEvents;
		read(buffer);
		if (!STATE.compareAndSet(this, READING, IDLE)) {
			this.state = ENDED;
			judgeLeaving(true);
		}
		return this.contentEvents > before;
	}

	private void read(DataBuffer buffer) {
		BodyObserver watching = this.observer;
		if (watching == null) {
			return;
		}
		try (DataBuffer.ByteBufferIterator pieces = buffer.readableByteBuffers()) {
			while (pieces.hasNext()) {
				watching.onChunk(pieces.next());
			}
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

	/**
	 * The body has ended.
	 */
	void complete() {
		if (take()) {
			this.outcome = this.call.read(this.observer, this.status);
		}
	}

	/**
	 * The connection failed.
	 */
	void fail(Throwable error) {
		if (take() && !judgeIfSettled()) {
			this.outcome = this.call.interrupted(error, this.status);
		}
	}

	/**
	 * The caller wants no more.
	 * @param waiting whether it ever wanted anything
	 */
	void cancel(boolean waiting) {
		if (take()) {
			judgeLeaving(waiting);
		}
	}

	/**
	 * The caller wants nothing of the body: the head was enough.
	 */
	void leaveUnread() {
		if (!isClaimed() && take()) {
			this.outcome = this.call.end(Outcomes.success(this.status));
		}
	}

	/**
	 * One of our own limits was exceeded.
	 * @param error says which
	 * @param waiting whether the caller was waiting for the provider
	 */
	void timeOut(TimeoutException error, boolean waiting) {
		this.timeout = error;
		if (take() && !judgeIfSettled()) {
			this.outcome = this.call.end(waiting ? Outcomes.timeout(this.status) : Outcomes.cancelled(this.status));
		}
	}

	/**
	 * Returns the limit that was exceeded.
	 */
	@Nullable TimeoutException timeout() {
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
		if (!judgeIfSettled()) {
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

}
