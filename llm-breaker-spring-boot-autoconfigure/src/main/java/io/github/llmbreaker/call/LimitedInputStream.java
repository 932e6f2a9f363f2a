// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.github.llmbreaker.breaker.CallPermit;
import org.jspecify.annotations.Nullable;

/**
 * A body whose reader leaves when it has to wait for too long. While a reader waits
 * another thread reads the body, up to one buffer ahead; of a stream it hands on what
 * there is, also where the client's own stream waits until the reader's array is full.
 * <p>
 * The limits of streams run only while the reader waits.
 */
final class LimitedInputStream extends InputStream {

	private final InputStream body;

	private final CallPermit permit;

	private final TimeLimits limits;

	private final @Nullable AnswerWatch watch;

	private final Runnable leftBehind;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private byte @Nullable [] buffer;

	private int from;

	private int to;

	private boolean waiting;

	private boolean ended;

	private boolean left;

	/** Left as all that matters has come, so that this is the end for the reader. */
	private boolean enough;

	private boolean closed;

	private @Nullable Throwable failure;

	private @Nullable Thread filler;

	private boolean filling;

	private boolean begun;

	private long events;

	private long since;

	private long idleSince;

	/**
	 * Creates it.
	 * @param body the body, of which nothing has been read
	 * @param permit the attempt
	 * @param limits its time limits
	 * @param watch who watches the body; {@code null} if nobody does
	 * @param arrived when its head came, in nanoseconds since the start of the attempt
	 * @param leftBehind closes the answer after the reader has left in the middle of a
	 * read, when the thread that reads is back
	 */
	LimitedInputStream(InputStream body, CallPermit permit, TimeLimits limits, @Nullable AnswerWatch watch,
			long arrived, Runnable leftBehind) {
		this.body = body;
		this.permit = permit;
		this.limits = limits;
		this.watch = watch;
		this.leftBehind = leftBehind;
		this.idleSince = arrived;
	}

	/**
	 * Whether another thread is waiting for the body, so that to close it takes as long.
	 */
	boolean isWaiting() {
		this.lock.lock();
		try {
			return this.filling && !this.left;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Whether the reader has left in the middle of a read, so that the answer is closed
	 * when the thread that reads is back.
	 */
	boolean isLeft() {
		this.lock.lock();
		try {
			return this.left;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public int read() throws IOException {
		return Bodies.readOne(this);
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		Objects.checkFromIndexSize(offset, length, bytes.length);
		if (length == 0) {
			return 0;
		}
		TimeLimits.Deadline deadline = resume();
		try {
			// a client's own read could take in content that the next limit begins with
			int count = (deadline != null || this.limits.limitBody(this.watch != null && this.watch.isStream())
					|| isAhead()) ? readLimited(deadline, Long.MAX_VALUE, bytes, offset, length)
							: this.body.read(bytes, offset, length);
			this.begun |= count > 0;
			return count;
		}
		finally {
			this.idleSince = this.permit.elapsedNanos();
		}
	}

	/**
	 * Reads what comes in good time; what comes later is there for the next read.
	 * @param patience until when to wait, in nanoseconds since the start of the attempt
	 * @return how many bytes have come, 0 for none in time, -1 at the end
	 */
	int readUntil(long patience, byte[] bytes, int offset, int length) throws IOException {
		return readLimited(resume(), patience, bytes, offset, length);
	}

	/** What the reader did since its last read is no waiting. */
	private TimeLimits.@Nullable Deadline resume() {
		long away = this.permit.elapsedNanos() - this.idleSince;
		if (this.watch == null) {
			return this.limits.ofTotal();
		}
		boolean settled = this.watch.isSettled();
		// no event after the one that settles the outcome counts
		long seen = settled ? Long.MAX_VALUE : this.watch.contentEvents();
		if (seen > this.events) {
			this.events = seen;
			this.since = this.idleSince;
		}
		boolean stream = this.watch.isStream();
		// whatever comes of a document is a sign of life
		this.since = (stream ? this.since : this.idleSince) + away;
		return settled ? this.limits.ofSettled(this.since)
				: this.limits.ofBody(stream, stream ? this.events > 0 : this.begun, this.since);
	}

	private boolean isAhead() {
		this.lock.lock();
		try {
			return this.filling || this.ended || this.left || this.from < this.to;
		}
		finally {
			this.lock.unlock();
		}
	}

	private int readLimited(TimeLimits.@Nullable Deadline deadline, long patience, byte[] bytes, int offset, int length)
			throws IOException {
		this.lock.lock();
		try {
			this.waiting = true;
			checkOpen();
			while (this.from == this.to && !this.ended && !this.enough) {
				fill();
				if (!await(deadline, patience)) {
					return 0;
				}
				checkOpen();
			}
			return take(bytes, offset, length);
		}
		catch (InterruptedException ex) {
			leave();
			throw LimitedWork.interrupted(ex);
		}
		finally {
			this.waiting = false;
			this.lock.unlock();
		}
	}

	private void checkOpen() throws IOException {
		if (this.closed || (this.left && !this.enough)) {
			throw new IOException("The answer was closed");
		}
	}

	private void fill() {
		if (!this.filling) {
			this.filling = true;
			this.from = 0;
			this.to = 0;
			if (this.buffer == null) {
				this.buffer = new byte[HoldRule.CHUNK_BYTES];
			}
			byte[] target = this.buffer;
			// of an error that stalls it is the beginning that tells, and of a document
			// that
			// has to go on what has come
			boolean stream = this.watch == null || this.watch.isStream() || this.limits.policy().idle() != null;
			Workers.execute(() -> fill(target, stream));
		}
	}

	private boolean await(TimeLimits.@Nullable Deadline deadline, long patience)
			throws IOException, InterruptedException {
		long rest = (deadline != null) ? LimitedWork.remaining(this.permit, deadline) : Long.MAX_VALUE;
		if (rest <= 0) {
			exceed(Objects.requireNonNull(deadline));
			return true;
		}
		long patient = (patience != Long.MAX_VALUE) ? patience - this.permit.elapsedNanos() : patience;
		if (patient <= 0) {
			return false;
		}
		this.changed.awaitNanos(Math.min(rest, patient));
		return true;
	}

	/**
	 * Fails, unless everything that matters has come: then the body ends here. What
	 * leaving cancels further inside must not be heard first.
	 */
	private void exceed(TimeLimits.Deadline deadline) throws IOException {
		if (this.watch != null) {
			this.enough = this.watch.isSettled();
			this.watch.timeOut(null, true);
		}
		leave();
		if (!this.enough) {
			throw LimitedWork.exceeded(this.permit, deadline);
		}
	}

	private int take(byte[] bytes, int offset, int length) {
		if (this.enough) {
			return -1;
		}
		if (this.from < this.to) {
			int count = Math.min(length, this.to - this.from);
			System.arraycopy(Objects.requireNonNull(this.buffer), this.from, bytes, offset, count);
			this.from += count;
			return count;
		}
		if (this.failure != null) {
			throw Unchecked.rethrow(this.failure);
		}
		return -1;
	}

	private void leave() {
		this.left = true;
		this.changed.signal();
		if (this.filler != null) {
			this.filler.interrupt();
		}
		// some clients are not interrupted, but wake up their reader when another thread
		// closes the body; with others that thread has to wait, too
		Workers.execute(() -> Bodies.leave(this.body));
	}

	private void fill(byte[] target, boolean stream) {
		int position = begin();
		Throwable thrown = null;
		try {
			boolean more = position >= 0;
			while (more) {
				int count = stream ? HeldBytes.readWhatIsThere(this.body, target, position)
						: this.body.read(target, position, target.length - position);
				more = read(count, stream && count == 1 && position + count < target.length);
				position += count;
			}
		}
		catch (Throwable ex) {
			thrown = ex;
		}
		if (end(thrown)) {
			Bodies.leave(this.body);
			this.leftBehind.run();
		}
	}

	private int begin() {
		this.lock.lock();
		try {
			this.filler = Thread.currentThread();
			return this.left ? -1 : this.to;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Hands on a piece; whether to go on. */
	private boolean read(int count, boolean mayGoOn) {
		this.lock.lock();
		try {
			this.to += Math.max(0, count);
			this.ended = count < 0;
			this.changed.signal();
			return mayGoOn && this.waiting && !this.left;
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean end(@Nullable Throwable thrown) {
		this.lock.lock();
		try {
			this.filling = false;
			this.filler = null;
			// an interrupt of this reading must not reach the next
			Thread.interrupted();
			this.failure = thrown;
			this.ended |= thrown != null;
			this.changed.signal();
			return this.left;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public int available() throws IOException {
		this.lock.lock();
		try {
			return (this.filling || this.from < this.to || this.ended || this.left) ? this.to - this.from
					: this.body.available();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Closes the body. Some clients read it to its end then, so that of one that has not
	 * ended is done by another thread.
	 */
	@Override
	public void close() throws IOException {
		this.lock.lock();
		try {
			if (this.left || this.closed) {
				return;
			}
			this.closed = true;
			if (!this.ended) {
				leaveInPeace();
				return;
			}
		}
		finally {
			this.lock.unlock();
		}
		Bodies.close(this.body);
	}

	private void leaveInPeace() {
		if (this.filling) {
			leave();
			return;
		}
		this.left = true;
		Workers.execute(() -> {
			Bodies.leave(this.body);
			this.leftBehind.run();
		});
	}

}
