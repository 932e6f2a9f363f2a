// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.event;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events over to a receiver on a thread of its own: in order, at most 8192 waiting,
 * never blocking who publishes. What does not fit is dropped and counted. The thread is
 * started by the first event.
 *
 * @param <E> the type of the events
 * @since 0.1.0
 */
public final class EventDelivery<E> implements AutoCloseable {

	static final int CAPACITY = 8192;

	private static final Logger logger = LoggerFactory.getLogger(EventDelivery.class);

	// a storm of events finds the thread awake: waking it would cost the caller more
	private static final long NAP_NANOS = Duration.ofMillis(1).toNanos();

	private static final int NAPS_BEFORE_SLEEP = 100;

	private static final long CLOSE_TIMEOUT_MILLIS = 1000;

	private final EventRing<E> ring = new EventRing<>(CAPACITY);

	private final AtomicReference<Activity> activity = new AtomicReference<>(Activity.NOT_STARTED);

	private final AtomicBoolean overflowing = new AtomicBoolean();

	private final LongAdder dropped = new LongAdder();

	private final String name;

	private final ThreadFactory threads;

	private final Consumer<? super E> receiver;

	private volatile @Nullable Thread thread;

	private volatile boolean closed;

	private volatile boolean abandoned;

	/**
	 * Creates a delivery that has no thread yet.
	 * @param name says who receives, should it be too slow
	 * @param threads makes its thread
	 * @param receiver gets the events, one at a time
	 */
	public EventDelivery(String name, ThreadFactory threads, Consumer<? super E> receiver) {
		this.name = name;
		this.threads = threads;
		this.receiver = receiver;
	}

	/**
	 * Hands an event over. Returns at once, also when the receiver is blocked; does
	 * nothing once closed.
	 */
	public void publish(E event) {
		if (this.closed) {
			return;
		}
		if (!this.ring.offer(event)) {
			drop();
		}
		else if (this.activity.get() != Activity.AWAKE) {
			wake();
		}
	}

	/** Returns how many events were dropped so far because the receiver was too slow. */
	public long dropped() {
		return this.dropped.sum();
	}

	/**
	 * Takes no more events, and gives the receiver a second for those that wait.
	 */
	@Override
	public void close() {
		stop();
		end(CLOSE_TIMEOUT_MILLIS);
	}

	/** Closes several at once, which takes a second at most. */
	static void closeAll(List<? extends EventDelivery<?>> deliveries) {
		deliveries.forEach(EventDelivery::stop);
		// all of them deliver while we wait for the first
		deliveries.forEach((delivery) -> delivery.end(CLOSE_TIMEOUT_MILLIS / deliveries.size()));
	}

	void stop() {
		this.closed = true;
		LockSupport.unpark(this.thread);
	}

	void end(long millis) {
		Thread thread = this.thread;
		if (thread == null || thread == Thread.currentThread()) {
			return;
		}
		try {
			thread.join(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.abandoned = true;
		thread.interrupt();
	}

	private void drop() {
		this.dropped.increment();
		if (this.overflowing.compareAndSet(false, true)) {
			logger.warn("{} is too slow or blocked: events are dropped until it catches up", this.name);
		}
	}

	private void wake() {
		if (this.activity.compareAndSet(Activity.NOT_STARTED, Activity.AWAKE)) {
			Thread thread = this.threads.newThread(this::run);
			this.thread = thread;
			thread.start();
		}
		else if (this.activity.compareAndSet(Activity.ASLEEP, Activity.AWAKE)) {
			LockSupport.unpark(this.thread);
		}
	}

	private void run() {
		int naps = 0;
		while (!this.abandoned) {
			E event = this.ring.poll();
			if (event != null) {
				deliver(event);
				naps = 0;
			}
			else if (this.closed && this.ring.isEmpty()) {
				return;
			}
			else {
				naps = rest(naps);
			}
		}
	}

	private void deliver(E event) {
		try {
			this.receiver.accept(event);
		}
		catch (RuntimeException | Error ex) {
			logger.debug("A listener failed", ex);
		}
	}

	private int rest(int naps) {
		// a listener may leave the flag behind, and parking would return at once
		Thread.interrupted();
		if (naps < NAPS_BEFORE_SLEEP) {
			LockSupport.parkNanos(this, NAP_NANOS);
			return naps + 1;
		}
		this.overflowing.set(false);
		this.activity.set(Activity.ASLEEP);
		if (this.ring.isEmpty() && !this.closed) {
			LockSupport.park(this);
		}
		this.activity.set(Activity.AWAKE);
		return 0;
	}

	/**
	 * What the thread is doing.
	 */
	private enum Activity {

		NOT_STARTED, AWAKE, ASLEEP

	}

}
