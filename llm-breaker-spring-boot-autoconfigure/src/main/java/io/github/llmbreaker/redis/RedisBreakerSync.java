// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import io.github.llmbreaker.breaker.BreakerSync;
import io.github.llmbreaker.breaker.BreakerView;
import io.github.llmbreaker.breaker.FleetStatus;
import io.github.llmbreaker.breaker.SharedBreaker;
import io.github.llmbreaker.breaker.SharedState;
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
public final class RedisBreakerSync implements BreakerSync, SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(RedisBreakerSync.class);

	/** A start waits so long for what the fleet knows. */
	private static final Duration START = FleetSettings.PATIENCE;

	private final Fleet fleet;

	private final InstantSource clock;

	private final ThreadFactory threads;

	private final RedisLink link;

	private volatile @Nullable Thread thread;

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
		FleetSettings settings = new FleetSettings(namespace, UUID.randomUUID().toString().substring(0, 8));
		this.fleet = new Fleet(settings, ticker);
		this.clock = clock;
		this.threads = threads;
		this.link = new RedisLink(FleetConnections.of(redis), settings, threads);
	}

	@Override
	public void created(SharedBreaker breaker) {
		this.fleet.created(breaker);
	}

	@Override
	public void evicted(BreakerView breaker) {
		this.fleet.evicted(breaker);
	}

	@Override
	public void changed(BreakerView breaker, SharedState state) {
		this.fleet.changed(breaker, state);
	}

	@Override
	public void failed(BreakerView breaker) {
		this.fleet.failed(breaker);
	}

	@Override
	public Duration probeDelay(BreakerView breaker) {
		return this.fleet.probeDelay(breaker);
	}

	@Override
	public FleetStatus fleet() {
		return this.fleet.fleet();
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
		FleetThread fleet = new FleetThread(tried);
		Thread started = this.threads.newThread(fleet);
		this.thread = started;
		this.fleet.work.open();
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
		this.fleet.work.close();
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

	/**
	 * The one that waits for Redis.
	 */
	private final class FleetThread implements Runnable {

		private final CountDownLatch tried;

		private final FleetDuty duty = new FleetDuty(RedisBreakerSync.this.fleet, RedisBreakerSync.this.link,
				RedisBreakerSync.this.clock);

		FleetThread(CountDownLatch tried) {
			this.tried = tried;
		}

		@Override
		public void run() {
			FleetWork work = RedisBreakerSync.this.fleet.work;
			try {
				while (work.isOpen()) {
					try {
						this.duty.join();
						this.tried.countDown();
						serve(work);
					}
					catch (RuntimeException ex) {
						this.duty.lost(ex);
						this.tried.countDown();
						work.pause(Duration.ofSeconds(1));
					}
				}
				this.duty.leave();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			finally {
				this.duty.end();
			}
		}

		private void serve(FleetWork work) throws InterruptedException {
			while (work.isOpen()) {
				this.duty.step(work.patience());
			}
		}

	}

}
