// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.llmbreaker.breaker.BreakerSync;
import io.github.llmbreaker.breaker.BreakerView;
import io.github.llmbreaker.breaker.FleetStatus;
import io.github.llmbreaker.breaker.SharedBreaker;
import io.github.llmbreaker.breaker.SharedState;

/**
 * One instance of a fleet on virtual time: what its thread does, it does here step by
 * step, each as much later as Redis takes to answer.
 */
public final class SimulatedInstance implements BreakerSync {

	/** How often it looks whether there is something to tell. */
	private static final long LOOK = Duration.ofMillis(50).toNanos();

	/** After silence of two seconds and a pause of one it tries again. */
	private static final long LOST = Duration.ofSeconds(3).toNanos();

	private final SimulatedNetwork network;

	private final Fleet fleet;

	private final FleetDuty duty;

	private boolean joined;

	private long next = Long.MAX_VALUE;

	private long busyUntil;

	/** The commands of the present step. */
	private int commands;

	/**
	 * Creates an instance that joins soon.
	 * @param network what it is connected by
	 * @param id its id
	 * @param clock the wall clock
	 */
	public SimulatedInstance(SimulatedNetwork network, String id, InstantSource clock) {
		this.network = network;
		this.fleet = new Fleet(new FleetSettings("simulation", id), network.ticker());
		this.duty = new FleetDuty(this.fleet, new Link(), clock);
		this.busyUntil = network.nanos();
		network.join(this);
		wake(network.roundTrip());
	}

	@Override
	public void created(SharedBreaker breaker) {
		this.fleet.created(breaker);
	}

	@Override
	public void changed(BreakerView breaker, SharedState state) {
		this.fleet.changed(breaker, state);
		wake(0);
	}

	@Override
	public void failed(BreakerView breaker) {
		this.fleet.failed(breaker);
		wake(0);
	}

	@Override
	public Duration probeDelay(BreakerView breaker) {
		Duration delay = this.fleet.probeDelay(breaker);
		wake(0);
		return delay;
	}

	@Override
	public FleetStatus fleet() {
		return this.fleet.fleet();
	}

	void hear(FleetNews news) {
		if (this.joined) {
			this.fleet.hear(news);
			wake(0);
		}
	}

	private void wake(long wait) {
		long now = this.network.nanos();
		long at = Math.max(now + wait, this.busyUntil) + this.network.roundTrip();
		if (at < this.next) {
			this.next = at;
			this.network.at(at, () -> step(at));
		}
	}

	private void step(long at) {
		if (at != this.next) {
			return;
		}
		this.next = Long.MAX_VALUE;
		this.commands = 0;
		try {
			if (this.joined) {
				this.duty.step(Duration.ZERO);
			}
			else {
				this.duty.join();
				this.joined = true;
			}
			this.busyUntil = this.network.nanos();
			for (int i = 1; i < this.commands; i++) {
				this.busyUntil += this.network.roundTrip();
			}
			wake(pause());
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		catch (RuntimeException ex) {
			this.joined = false;
			this.duty.lost(ex);
			this.busyUntil = this.network.nanos() + LOST;
			wake(0);
		}
	}

	private long pause() {
		if (this.fleet.work.isQueued()) {
			return 0;
		}
		return this.fleet.work.isIdle() ? FleetSettings.BEAT.toNanos() : LOOK;
	}

	/**
	 * Its connection.
	 */
	private final class Link implements FleetLink {

		@Override
		public void open(Consumer<FleetNews> news) {
			command();
		}

		@Override
		public void drop() {
		}

		@Override
		public void close() {
		}

		@Override
		public Beat beat(String epoch) {
			Beat beat = command().beat(id());
			return new Beat(beat.epoch(), beat.version(), late(beat.millis()), beat.instances());
		}

		@Override
		public boolean hears(Duration patience) {
			return !SimulatedInstance.this.network.isLost();
		}

		@Override
		public List<FleetNews> read() {
			return command().read();
		}

		@Override
		public Changing change(String name, FleetMember.Pending pending, long now) {
			return command().change(id(), name, pending, now);
		}

		@Override
		public FleetNews.Probing claim(String name, Duration lease) {
			return command().claim(id(), name, lease);
		}

		@Override
		public Sum tell(String name, FleetCounts.Report report, String epoch) {
			Sum sum = command().tell(id(), name, report);
			return new Sum(late(sum.millis()), sum.watched(), sum.calls());
		}

		@Override
		public void leave() {
			command();
		}

		private SimulatedRedis command() {
			SimulatedInstance.this.commands++;
			SimulatedInstance.this.network.command();
			return SimulatedInstance.this.network.redis();
		}

		private long late(long millis) {
			return millis + TimeUnit.NANOSECONDS.toMillis(SimulatedInstance.this.network.error());
		}

		private String id() {
			return SimulatedInstance.this.fleet.settings.instance();
		}

	}

}
