// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.alert;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.github.llmbreaker.breaker.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers alerts to one receiver on a thread of its own, which the first alert starts.
 * Total attempts for a message: {@value #ATTEMPTS}.
 */
final class AlertDelivery implements AutoCloseable {

	static final int ATTEMPTS = 6;

	private static final Logger logger = LoggerFactory.getLogger(AlertDelivery.class);

	private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

	private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition work = this.lock.newCondition();

	private final AlertReceiver receiver;

	private final AlertQueue queue;

	private final AlertSender sender;

	private final Ticker ticker;

	private final ThreadFactory threads;

	private @Nullable Thread thread;

	private boolean woken;

	private volatile boolean closed;

	private @Nullable AlertMessage message;

	private int attempts;

	private long notBefore;

	private boolean failing;

	AlertDelivery(AlertReceiver receiver, AlertQueue queue, AlertSender sender, Ticker ticker, ThreadFactory threads) {
		this.receiver = receiver;
		this.queue = queue;
		this.sender = sender;
		this.ticker = ticker;
		this.threads = threads;
	}

	/** Takes an alert. Returns at once. */
	void add(Alert alert) {
		if (this.closed) {
			return;
		}
		this.queue.add(alert, this.ticker.nanos());
		this.lock.lock();
		try {
			this.woken = true;
			this.work.signal();
			if (this.thread == null) {
				this.thread = this.threads.newThread(this::run);
				this.thread.start();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void close() {
		this.closed = true;
		this.lock.lock();
		try {
			if (this.thread != null) {
				this.thread.interrupt();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Does what is to be done now.
	 * @return nanoseconds until there is something to do again; {@link Long#MAX_VALUE} if
	 * nothing waits
	 * @throws InterruptedException if the thread is to end
	 */
	long step() throws InterruptedException {
		long now = this.ticker.nanos();
		if (this.message == null) {
			this.message = this.queue.poll(now);
			this.attempts = 0;
			this.notBefore = now;
		}
		if (this.message == null) {
			return this.queue.nanosUntilDue(now);
		}
		if (this.notBefore - now <= 0) {
			attempt(this.message);
		}
		return (this.message != null) ? Math.max(0, this.notBefore - this.ticker.nanos()) : 0;
	}

	private void run() {
		try {
			while (!this.closed) {
				rest(step());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void rest(long nanos) throws InterruptedException {
		this.lock.lock();
		try {
			long left = nanos;
			while (!this.woken && left > 0) {
				left = this.work.awaitNanos(left);
			}
			this.woken = false;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void attempt(AlertMessage message) throws InterruptedException {
		this.attempts++;
		Duration wait = FIRST_WAIT.multipliedBy(1L << (this.attempts - 1));
		try {
			AlertSender.Answer answer = this.sender.send(this.receiver.url(), this.receiver.format().write(message));
			if (answer.isTaken()) {
				taken();
			}
			else {
				failed("it answered with status " + answer.status(), answer.isPassing(),
						answer.wait(wait, LONGEST_WAIT));
			}
		}
		catch (IOException ex) {
			failed(nameOf(ex), true, wait);
		}
		catch (RuntimeException | Error ex) {
			// the thread must live on for the next message
			failed(nameOf(ex), false, wait);
		}
	}

	private void taken() {
		this.message = null;
		if (this.failing) {
			this.failing = false;
			logger.info("The {} receiver of alerts takes them again", this.receiver.format());
		}
	}

	/** Says nothing of the receiver but its format: its URL is a secret. */
	private void failed(String reason, boolean again, Duration wait) {
		if (!this.failing) {
			this.failing = true;
			logger.warn(
					"The {} receiver of alerts does not take them: {}. Further failures are not logged until it does",
					this.receiver.format(), reason);
		}
		if (again && this.attempts < ATTEMPTS) {
			this.notBefore = this.ticker.nanos() + wait.toNanos();
		}
		else {
			this.message = null;
		}
	}

	// an exception's message may hold the address
	private static String nameOf(Throwable failure) {
		Throwable cause = (failure.getCause() != null) ? failure.getCause() : failure;
		return cause.getClass().getSimpleName();
	}

}
