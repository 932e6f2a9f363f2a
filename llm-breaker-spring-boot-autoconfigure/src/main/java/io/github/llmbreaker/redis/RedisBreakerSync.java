// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import io.github.llmbreaker.BreakerState;
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

	private final FleetSettings settings;

	private final Ticker ticker;

	private final InstantSource clock;

	private final ThreadFactory threads;

	private final Map<String, FleetMember> members = new ConcurrentHashMap<>();

	private final FleetKnowledge knowledge = new FleetKnowledge();

	private final FleetWork work = new FleetWork();

	private final RedisLink link;

	private volatile List<String> instances = List.of();

	private volatile boolean connected;

	private volatile @Nullable Instant since;

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
		this.settings = new FleetSettings(namespace, UUID.randomUUID().toString().substring(0, 8));
		this.ticker = ticker;
		this.clock = clock;
		this.threads = threads;
		this.link = new RedisLink(FleetConnections.of(redis), this.settings, threads);
	}

	@Override
	public void created(SharedBreaker breaker) {
		FleetMember member = new FleetMember(breaker);
		this.members.put(breaker.name(), member);
		FleetNews.Changed known = this.knowledge.find(breaker.name(), this.ticker.nanos());
		if (known != null && this.connected) {
			member.hear(known);
		}
		member.told(this.knowledge.version());
	}

	@Override
	public void evicted(BreakerView breaker) {
		this.members.computeIfPresent(breaker.name(), (name, member) -> (member.breaker() == breaker) ? null : member);
	}

	@Override
	public void changed(BreakerView breaker, SharedState state) {
		FleetMember member = this.members.get(breaker.name());
		// half-open is each instance's own: the lease says who probes
		if (member != null && member.breaker() == breaker && state.state() != BreakerState.HALF_OPEN) {
			member.changed(state, this.ticker.nanos());
			this.work.add(member);
		}
	}

	@Override
	public Duration probeDelay(BreakerView breaker) {
		FleetMember member = this.connected ? this.members.get(breaker.name()) : null;
		return (member != null) ? member.probeDelay(this.ticker.nanos(), () -> this.work.ask(member)) : Duration.ZERO;
	}

	@Override
	public FleetStatus fleet() {
		return new FleetStatus(this.connected, this.since, this.settings.instance(), this.instances,
				this.knowledge.openedBy(), this.knowledge.probing(this.ticker.nanos()));
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
		this.work.open();
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
		this.work.close();
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

	private void hear(FleetNews news) {
		long now = this.ticker.nanos();
		if (news instanceof FleetNews.Changed changed) {
			this.knowledge.heard(changed, now);
			FleetMember member = this.members.get(changed.name());
			if (member != null && !changed.instance().equals(this.settings.instance())) {
				member.hear(changed);
			}
		}
		else if (news instanceof FleetNews.Probing probing) {
			this.knowledge.heard(probing, now);
			FleetMember member = this.members.get(probing.name());
			if (member != null && !probing.instance().equals(this.settings.instance())) {
				member.leased(false, probing.lease(), now);
			}
		}
	}

	/**
	 * The one that waits for Redis.
	 */
	private final class FleetThread implements Runnable {

		private final CountDownLatch tried;

		private boolean lossReported;

		private @Nullable String epoch;

		private long lastBeat;

		FleetThread(CountDownLatch tried) {
			this.tried = tried;
		}

		@Override
		public void run() {
			RedisBreakerSync sync = RedisBreakerSync.this;
			try {
				while (sync.work.isOpen()) {
					try {
						join();
						this.tried.countDown();
						serve();
					}
					catch (RuntimeException ex) {
						lost(ex);
						this.tried.countDown();
						sync.work.pause(Duration.ofSeconds(1));
					}
				}
				leave();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			finally {
				sync.connected = false;
				sync.link.close();
			}
		}

		private void join() throws InterruptedException {
			RedisBreakerSync sync = RedisBreakerSync.this;
			sync.link.open(RedisBreakerSync.this::hear);
			RedisLink.Beat beat = beat();
			for (int i = 0; !sync.link.hears(Duration.ofMillis(100)); i++) {
				if (i > 20) {
					throw new IllegalStateException("The news of the fleet don't arrive");
				}
				beat = beat();
			}
			catchUp(beat);
			sync.since = sync.clock.instant();
			sync.connected = true;
			sync.members.values().forEach(sync.work::add);
			if (this.lossReported) {
				this.lossReported = false;
				logger.info("Fleet '{}' is joined again: {} instances share the state of their breakers",
						sync.settings.namespace(), beat.instances().size());
			}
		}

		private void serve() throws InterruptedException {
			RedisBreakerSync sync = RedisBreakerSync.this;
			while (sync.work.isOpen()) {
				FleetMember member = sync.work.next(Duration.ofMillis(100));
				if (member != null) {
					tell(member);
				}
				long now = sync.ticker.nanos();
				sync.work.early(now);
				if (now - this.lastBeat >= FleetSettings.BEAT.toNanos()) {
					heartbeat(now);
				}
			}
		}

		private void tell(FleetMember member) {
			RedisBreakerSync sync = RedisBreakerSync.this;
			FleetMember.Pending pending = member.takePending();
			if (pending != null) {
				try {
					FleetNews.Changed better = sync.link.change(member, pending, sync.ticker.nanos());
					if (better != null) {
						member.correct(better);
					}
				}
				catch (RuntimeException ex) {
					member.putBack(pending);
					throw ex;
				}
			}
			if (sync.work.takeAsk(member)) {
				FleetNews.Probing answer = sync.link.claim(member.breaker().name(), member.wantedLease());
				member.leased(answer.instance().equals(sync.settings.instance()), answer.lease(), sync.ticker.nanos());
			}
		}

		private RedisLink.Beat beat() {
			RedisBreakerSync sync = RedisBreakerSync.this;
			this.lastBeat = sync.ticker.nanos();
			RedisLink.Beat beat = sync.link.beat(UUID.randomUUID().toString());
			sync.instances = beat.instances();
			return beat;
		}

		private void heartbeat(long now) throws InterruptedException {
			RedisBreakerSync sync = RedisBreakerSync.this;
			RedisLink.Beat beat = beat();
			if (!sync.link.hears(FleetSettings.PATIENCE)) {
				throw new IllegalStateException("The news of the fleet don't arrive");
			}
			if (!beat.epoch().equals(this.epoch) || beat.version() != sync.knowledge.version()) {
				catchUp(beat);
			}
			sync.members.values().stream().filter((member) -> member.isProbing(now)).forEach(sync.work::ask);
		}

		/** Takes over all that the fleet knows. */
		private void catchUp(RedisLink.Beat beat) {
			RedisBreakerSync sync = RedisBreakerSync.this;
			if (!beat.epoch().equals(this.epoch)) {
				sync.knowledge.clear();
				sync.members.values().forEach((member) -> {
					member.startAnew(sync.ticker.nanos());
					sync.work.add(member);
				});
			}
			List<FleetNews> all = sync.link.read();
			all.forEach(RedisBreakerSync.this::hear);
			if (beat.epoch().equals(this.epoch)) {
				forget(all);
			}
			this.epoch = beat.epoch();
			sync.knowledge.reached(beat.version());
		}

		/** What nobody knows any more has closed long ago. */
		private void forget(List<FleetNews> all) {
			RedisBreakerSync sync = RedisBreakerSync.this;
			SharedState closed = new SharedState(BreakerState.CLOSED, null, null, null, false, 0);
			sync.members.forEach((name, member) -> {
				if (member.isForgotten() && all.stream()
					.noneMatch((news) -> news instanceof FleetNews.Changed changed && changed.name().equals(name))) {
					member.breaker().adopt(closed);
				}
			});
		}

		private void lost(RuntimeException ex) {
			RedisBreakerSync sync = RedisBreakerSync.this;
			if (sync.connected || !this.lossReported) {
				sync.since = sync.clock.instant();
			}
			sync.connected = false;
			sync.members.values().forEach(FleetMember::alone);
			sync.link.drop();
			if (!this.lossReported) {
				this.lossReported = true;
				logger.warn(
						"Fleet '{}' is lost: Redis does not answer ({}). The breakers of this instance go on alone "
								+ "and join again by themselves once it does",
						sync.settings.namespace(), ex.toString());
			}
			logger.debug("Redis does not answer", ex);
		}

		private void leave() {
			try {
				RedisBreakerSync.this.link.leave();
			}
			catch (RuntimeException ex) {
				logger.debug("Left the fleet without saying so", ex);
			}
		}

	}

}
