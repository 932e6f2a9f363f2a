// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import io.github.llmbreaker.breaker.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Shares the state of breakers over Redis. Calls never wait for it: a thread of its own
 * tells what happens here, and what others tell is taken over as it comes. Without Redis
 * each instance goes on alone until it is back.
 *
 * @since 0.1.0
 */
public final class RedisBreakerSync extends Fleet implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(RedisBreakerSync.class);

	/** A start waits so long for what the fleet knows. */
	private static final Duration START = FleetSettings.PATIENCE;

	private final InstantSource clock;

	private final ThreadFactory threads;

	private final RedisLink link;

	private volatile @Nullable Thread thread;

	private CountDownLatch stopped = new CountDownLatch(0);

	/**
	 * Creates a part of a fleet; {@link #start()} joins it.
	 * @param redis where connections of the application come from
	 * @param namespace what instances share that belong together
	 * @param ticker the clock for durations
	 * @param clock the wall clock
	 * @param threads makes the threads that wait for Redis
	 */
	public RedisBreakerSync(RedisConnectionFactory redis, String namespace, Ticker ticker, InstantSource clock,
			ThreadFactory threads) {
		super(new FleetSettings(namespace, UUID.randomUUID().toString().substring(0, 8)), ticker);
		this.clock = clock;
		this.threads = threads;
		this.link = new RedisLink(FleetConnections.of(redis), this.settings, threads);
	}

	/**
	 * Joins the fleet. Waits for a moment, so that it starts with what the fleet knows.
	 */
	@Override
	public synchronized void start() {
		if (this.thread != null) {
			return;
		}
		CountDownLatch tried = new CountDownLatch(1);
		CountDownLatch stop = new CountDownLatch(1);
		Thread started = this.threads.newThread(() -> run(tried, stop));
		this.stopped = stop;
		this.thread = started;
		started.start();
		try {
			if (!tried.await(START.toMillis(), TimeUnit.MILLISECONDS)) {
				logger.debug("Redis has not answered yet");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Leaves the fleet. */
	@Override
	public synchronized void stop() {
		Thread running = this.thread;
		this.thread = null;
		this.stopped.countDown();
		if (running != null) {
			try {
				running.join(3 * FleetSettings.PATIENCE.toMillis());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	@Override
	public boolean isRunning() {
		return this.thread != null;
	}

	/** Before any server takes requests, and until the last one is done. */
	@Override
	public int getPhase() {
		return Integer.MIN_VALUE + 1000;
	}

	/** Does what is to be done; the only thread that waits for Redis. */
	private void run(CountDownLatch tried, CountDownLatch stop) {
		FleetDuty duty = new FleetDuty(this, this.link, this.clock);
		try {
			while (stop.getCount() > 0) {
				try {
					duty.join();
					tried.countDown();
					while (stop.getCount() > 0) {
						duty.step(this.work.patience());
					}
				}
				catch (RuntimeException ex) {
					duty.lost(ex);
					tried.countDown();
					stop.await(1, TimeUnit.SECONDS);
				}
			}
			duty.leave();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			duty.end();
		}
	}

}
