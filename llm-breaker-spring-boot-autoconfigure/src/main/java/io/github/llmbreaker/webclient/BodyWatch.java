// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.call.Outcomes;
import io.github.llmbreaker.call.Settlement;
import io.github.llmbreaker.provider.BodyObserver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * Watches one body pass and decides, once, how the call ended.
 */
final class BodyWatch {

	private static final Logger logger = LoggerFactory.getLogger(BodyWatch.class);

	private static final AtomicIntegerFieldUpdater<BodyWatch> ENDED = AtomicIntegerFieldUpdater
		.newUpdater(BodyWatch.class, "ended");

	private static final AtomicIntegerFieldUpdater<BodyWatch> CLAIMED = AtomicIntegerFieldUpdater
		.newUpdater(BodyWatch.class, "claimed");

	private final Settlement call;

	private final int status;

	private @Nullable BodyObserver observer;

	private long contentEvents;

	private volatile int claimed;

	private volatile int ended;

	private volatile @Nullable TimeoutException timeout;

	BodyWatch(Settlement call, @Nullable BodyObserver observer, int status) {
		this.call = call;
		this.observer = observer;
		this.status = status;
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

	int status() {
		return this.status;
	}

	boolean isStream() {
		return this.observer != null && this.observer.isStream();
	}

	/**
	 * Whether what has passed settles how the call ended.
	 */
	boolean isSettled() {
		return this.observer != null && this.observer.isSettled();
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
		if (this.ended == 0 && isSettled() && ENDED.compareAndSet(this, 0, 1)) {
			endIfSettled();
		}
		return (this.ended != 0) ? this.call.end(Outcomes.CANCELLED) : null;
	}

	/**
	 * Looks at the next buffer, and leaves it as it is.
	 * @return whether it held content
	 */
	boolean see(DataBuffer buffer) {
		BodyObserver watching = this.observer;
		if (watching == null || this.ended != 0) {
			return false;
		}
		try (DataBuffer.ByteBufferIterator pieces = buffer.readableByteBuffers()) {
			while (pieces.hasNext()) {
				watching.onChunk(pieces.next());
			}
			return sawContent(watching);
		}
		catch (RuntimeException ex) {
			logger.debug("An observer failed to read an answer", ex);
			this.observer = null;
			return false;
		}
	}

	private boolean sawContent(BodyObserver watching) {
		long before = this.contentEvents;
		this.contentEvents = watching.contentEvents();
		if (before == 0 && this.contentEvents > 0 && watching.isStream()) {
			this.call.permit().contentStarted();
		}
		return this.contentEvents > before;
	}

	/**
	 * The body has ended.
	 * @return whether it had not ended before
	 */
	boolean complete() {
		boolean first = ENDED.compareAndSet(this, 0, 1);
		if (first) {
			this.call.read(this.observer, this.status);
		}
		return first;
	}

	/**
	 * The connection failed.
	 * @return whether the body had not ended before
	 */
	boolean fail(Throwable error) {
		boolean first = ENDED.compareAndSet(this, 0, 1);
		if (first && !endIfSettled()) {
			this.call.interrupted(error, this.status);
		}
		return first;
	}

	/**
	 * The caller wants no more.
	 * @return whether the body had not ended before
	 */
	boolean cancel() {
		boolean first = ENDED.compareAndSet(this, 0, 1);
		if (first && !endIfSettled()) {
			if (this.contentEvents > 0) {
				this.call.end(Outcomes.CANCELLED);
			}
			else {
				this.call.abandoned(this.status);
			}
		}
		return first;
	}

	/**
	 * One of our own limits was exceeded.
	 * @return whether the body had not ended before
	 */
	boolean timeOut(TimeoutException error) {
		boolean first = ENDED.compareAndSet(this, 0, 1);
		if (first) {
			this.timeout = error;
			this.call.end(Outcomes.timeout(this.status));
		}
		return first;
	}

	/**
	 * Returns the limit that was exceeded.
	 */
	@Nullable TimeoutException timeout() {
		return this.timeout;
	}

	private boolean endIfSettled() {
		BodyObserver watching = this.observer;
		if (watching == null || !watching.isSettled()) {
			return false;
		}
		this.call.read(watching, this.status);
		return true;
	}

}
