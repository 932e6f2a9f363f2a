// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.github.llmbreaker.breaker.CallPermit;
import org.jspecify.annotations.Nullable;

/**
 * Blocking work of one attempt that another thread does while the caller waits, because
 * no HTTP client can be relied upon to stop when asked to. A caller that has waited for
 * long enough leaves at once; what the work results in is then cleaned up by the thread
 * that did it. A deadline that has passed ends the permit.
 *
 * @param <T> what the work results in
 */
public final class LimitedWork<T extends @Nullable Object> implements Runnable {

	private final CallPermit permit;

	private final Callable<T> work;

	private final @Nullable Consumer<? super T> leftBehind;

	private final ClassLoader classLoader = Thread.currentThread().getContextClassLoader();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition ended = this.lock.newCondition();

	private @Nullable Thread worker;

	private boolean left;

	private boolean over;

	private @Nullable T result;

	private @Nullable Throwable failure;

	private LimitedWork(CallPermit permit, Callable<T> work, @Nullable Consumer<? super T> leftBehind) {
		this.permit = permit;
		this.work = work;
		this.leftBehind = leftBehind;
	}

	/**
	 * Does work that is interrupted when it is left.
	 * @param leftBehind what to do with the result when the caller has left
	 * @return what the work results in
	 * @throws SocketTimeoutException if the deadline has passed
	 * @throws InterruptedIOException if the calling thread was interrupted
	 * @throws IOException if the work failed; whatever it throws passes
	 */
	static <T extends @Nullable Object> T call(CallPermit permit, TimeLimits.Deadline deadline, Callable<T> work,
			Consumer<? super T> leftBehind) throws IOException {
		if (remaining(permit, deadline) <= 0) {
			permit.complete(Outcomes.timeout(null));
			throw exceeded(permit, deadline);
		}
		return new LimitedWork<>(permit, work, leftBehind).run(deadline);
	}

	/**
	 * Does work that goes on to its end when it is left: what it does must be done.
	 * @return what the work results in
	 * @throws SocketTimeoutException if the deadline has passed
	 * @throws InterruptedIOException if the calling thread was interrupted
	 * @throws IOException if the work failed; whatever it throws passes
	 */
	static <T extends @Nullable Object> T finish(CallPermit permit, TimeLimits.Deadline deadline, Callable<T> work)
			throws IOException {
		return new LimitedWork<>(permit, work, null).run(deadline);
	}

	static long remaining(CallPermit permit, TimeLimits.Deadline deadline) {
		return deadline.nanos() - permit.elapsedNanos();
	}

	static SocketTimeoutException exceeded(CallPermit permit, TimeLimits.Deadline deadline) {
		return new SocketTimeoutException(deadline.message(permit.gate().target()));
	}

	/**
	 * Returns what to throw where a caller was interrupted, who stays so.
	 * @param cause the interrupt
	 * @return what to throw
	 */
	public static InterruptedIOException interrupted(InterruptedException cause) {
		Thread.currentThread().interrupt();
		InterruptedIOException failure = new InterruptedIOException("Interrupted while waiting for the answer");
		failure.initCause(cause);
		return failure;
	}

	private T run(TimeLimits.Deadline deadline) throws IOException {
		Workers.execute(this);
		this.lock.lock();
		try {
			while (!this.over) {
				long rest = remaining(this.permit, deadline);
				if (rest <= 0) {
					this.permit.complete(Outcomes.timeout(null));
					throw exceeded(this.permit, deadline);
				}
				this.ended.awaitNanos(rest);
			}
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
		finally {
			leave();
			this.lock.unlock();
		}
		if (this.failure != null) {
			throw Unchecked.rethrow(this.failure);
		}
		return result();
	}

	@SuppressWarnings("NullAway") // a T, which may be null
	private T result() {
		return this.result;
	}

	private void leave() {
		this.left = !this.over;
		if (this.left && this.leftBehind != null && this.worker != null) {
			this.worker.interrupt();
		}
	}

	@Override
	public void run() {
		if (!begin()) {
			return;
		}
		T value = null;
		Throwable thrown = null;
		CallPermit.Scope scope = this.permit.makeCurrent();
		try {
			value = this.work.call();
		}
		catch (Throwable ex) {
			thrown = ex;
		}
		finally {
			scope.close();
		}
		if (!end(value, thrown) && thrown == null && this.leftBehind != null) {
			this.leftBehind.accept(value);
		}
	}

	private boolean begin() {
		this.lock.lock();
		try {
			if (this.left && this.leftBehind != null) {
				return false;
			}
			this.worker = Thread.currentThread();
			this.worker.setContextClassLoader(this.classLoader);
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean end(@Nullable T value, @Nullable Throwable thrown) {
		this.lock.lock();
		try {
			this.worker = null;
			Thread.currentThread().setContextClassLoader(Workers.class.getClassLoader());
			// an interrupt of this work must not reach the next one
			Thread.interrupted();
			this.result = value;
			this.failure = thrown;
			this.over = true;
			this.ended.signal();
			return !this.left;
		}
		finally {
			this.lock.unlock();
		}
	}

}
