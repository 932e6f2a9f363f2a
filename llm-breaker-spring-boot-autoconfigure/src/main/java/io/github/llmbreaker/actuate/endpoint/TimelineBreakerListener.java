// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.actuate.endpoint;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.github.llmbreaker.breaker.Breaker;
import io.github.llmbreaker.breaker.BreakerListener;
import io.github.llmbreaker.breaker.BreakerView;
import io.github.llmbreaker.breaker.StateChange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the last hour of every breaker, for as long as the breaker is kept. What became
 * of the calls is read from the breakers' own counters every 15 seconds and whenever
 * somebody looks: a call knows nothing of it.
 *
 * @since 0.1.0
 */
public final class TimelineBreakerListener implements BreakerListener, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(TimelineBreakerListener.class);

	private static final Duration PERIOD = Duration.ofSeconds(15);

	private final Map<BreakerView, BreakerTimeline> timelines = new ConcurrentHashMap<>();

	private final Supplier<List<Breaker>> breakers;

	private final InstantSource clock;

	/** Has no thread before it has something to do. */
	private final ScheduledThreadPoolExecutor executor;

	private final AtomicBoolean started = new AtomicBoolean();

	/**
	 * Creates timelines without any.
	 * @param breakers finds all breakers; asked for once there is one
	 * @param clock the wall clock
	 * @param threads makes the thread that looks, once there is a breaker
	 */
	public TimelineBreakerListener(Supplier<List<Breaker>> breakers, InstantSource clock, ThreadFactory threads) {
		this.breakers = breakers;
		this.clock = clock;
		this.executor = new ScheduledThreadPoolExecutor(1, threads, new ScheduledThreadPoolExecutor.DiscardPolicy());
	}

	@Override
	public void onCreated(BreakerView breaker) {
		if (breaker instanceof Breaker kept) {
			of(kept);
			if (this.started.compareAndSet(false, true)) {
				this.executor.scheduleWithFixedDelay(this::sampleSafely, PERIOD.toMillis(), PERIOD.toMillis(),
						TimeUnit.MILLISECONDS);
			}
		}
	}

	@Override
	public void onEvicted(BreakerView breaker) {
		this.timelines.remove(breaker);
	}

	@Override
	public void onStateChange(BreakerView breaker, StateChange change) {
		BreakerTimeline timeline = this.timelines.get(breaker);
		if (timeline != null) {
			timeline.changed(change.at().toEpochMilli(), change.to());
		}
	}

	/**
	 * Stops looking.
	 */
	@Override
	public void close() {
		this.executor.shutdownNow();
	}

	long now() {
		return this.clock.millis();
	}

	/** Returns the timeline of a breaker, up to date. */
	BreakerTimeline get(Breaker breaker) {
		BreakerTimeline timeline = of(breaker);
		timeline.sample(now(), breaker.snapshot().calls());
		return timeline;
	}

	/** Brings all timelines up to date. */
	void sample() {
		List<Breaker> all = this.breakers.get();
		all.forEach(this::get);
		// one may have been evicted while it was looked at
		this.timelines.keySet().removeIf(BreakerView::isEvicted);
	}

	int size() {
		return this.timelines.size();
	}

	private BreakerTimeline of(Breaker breaker) {
		BreakerTimeline timeline = this.timelines.get(breaker);
		return (timeline != null) ? timeline
				: this.timelines.computeIfAbsent(breaker, (key) -> new BreakerTimeline(breaker.snapshot()));
	}

	private void sampleSafely() {
		try {
			sample();
		}
		catch (RuntimeException ex) {
			// the next time may go well; an exception would end it for good
			logger.debug("The last hour of the breakers could not be noted", ex);
		}
	}

}
