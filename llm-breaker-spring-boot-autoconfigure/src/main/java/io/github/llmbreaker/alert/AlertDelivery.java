// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.alert;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.llmbreaker.breaker.FleetStatus;
import io.github.llmbreaker.breaker.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers alerts to one receiver on a thread of its own, which the first alert starts.
 * Total attempts for a message: {@value #ATTEMPTS}.
 */
final class AlertDelivery {

	static final int ATTEMPTS = 6;

	private static final Logger logger = LoggerFactory.getLogger(AlertDelivery.class);

	private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

	private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

	/** There may be something new to do. */
	private final Semaphore news = new Semaphore(0);

	private final AlertReceiver receiver;

	private final AlertQueue queue;

	private final AlertSender sender;

	private final Ticker ticker;

	private final ThreadFactory threads;

	private final Supplier<@Nullable FleetStatus> fleet;

	private final CompletableFuture<Void> ended = new CompletableFuture<>();

	private @Nullable Thread thread;

	private volatile boolean closed;

	private @Nullable AlertMessage message;

	private int attempts;

	private long notBefore;

	private boolean failing;

	AlertDelivery(AlertReceiver receiver, AlertQueue queue, AlertSender sender, Ticker ticker, ThreadFactory threads,
			Supplier<@Nullable FleetStatus> fleet) {
		this.receiver = receiver;
		this.queue = queue;
		this.sender = sender;
		this.ticker = ticker;
		this.threads = threads;
		this.fleet = fleet;
	}

	/** Takes an alert. Returns at once. */
	synchronized void add(Alert alert) {
		if (this.closed) {
			return;
		}
		this.queue.add(alert, this.ticker.nanos());
		this.news.release();
		if (this.thread == null) {
			this.thread = this.threads.newThread(this::run);
			this.thread.start();
		}
	}

	/** Forgets what waits about a breaker: somebody else tells what came after it. */
	void forget(Alert later) {
		this.queue.remove(later);
	}

	/**
	 * Takes no more alerts, and sends at once those that wait: each once, however early
	 * it is.
	 * @return completed when all that can be sent is sent
	 */
	synchronized CompletableFuture<Void> finish() {
		this.closed = true;
		this.news.release();
		return (this.thread != null) ? this.ended : CompletableFuture.completedFuture(null);
	}

	/** Gives up what is still not sent. */
	synchronized void abandon() {
		if (this.thread != null && !this.ended.isDone()) {
			logger.warn("The {} receiver of alerts did not take the last ones before the application stopped",
					this.receiver.format());
			this.thread.interrupt();
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
			AlertMessage next = this.queue.poll(now, false);
			if (next == null) {
				return this.queue.nanosUntilDue(now);
			}
			begin(next, now);
		}
		if (this.message != null && this.notBefore - now <= 0) {
			attempt(this.message);
		}
		return (this.message != null) ? Math.max(0, this.notBefore - this.ticker.nanos()) : 0;
	}

	/**
	 * Sends the next message, as there is no time to wait for anything.
	 * @return whether there was one
	 * @throws InterruptedException if the thread is to end
	 */
	boolean lastStep() throws InterruptedException {
		if (this.message == null) {
			AlertMessage next = this.queue.poll(this.ticker.nanos(), true);
			if (next == null) {
				return false;
			}
			begin(next, this.ticker.nanos());
		}
		if (this.message != null) {
			this.attempts = ATTEMPTS - 1;
			attempt(this.message);
		}
		return true;
	}

	private void begin(AlertMessage next, long now) {
		this.message = next.ofThisInstance(this.fleet.get());
		this.attempts = 0;
		this.notBefore = now;
	}

	private void run() {
		try {
			boolean more = true;
			while (!this.closed) {
				// what is added while we look at the queue wakes us at once
				this.news.tryAcquire(step(), TimeUnit.NANOSECONDS);
				this.news.drainPermits();
			}
			while (more) {
				more = lastStep();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.ended.complete(null);
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
