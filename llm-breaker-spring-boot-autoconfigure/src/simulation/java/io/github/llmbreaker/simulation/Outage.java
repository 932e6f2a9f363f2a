// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

import java.util.PriorityQueue;

import org.jspecify.annotations.Nullable;

/**
 * One run: traffic meets a provider through a strategy.
 */
final class Outage {

	private final Traffic traffic;

	private final Incident incident;

	private final double before;

	private final double after;

	/**
	 * Creates an outage.
	 * @param traffic the traffic
	 * @param incident what happens
	 * @param before seconds of healthy traffic before it
	 * @param after seconds of healthy traffic after it
	 */
	Outage(Traffic traffic, Incident incident, double before, double after) {
		this.traffic = traffic;
		this.incident = incident;
		this.before = before;
		this.after = after;
	}

	/** At least a hundred calls before; less time where there are many. */
	static Outage of(Traffic traffic, Incident incident) {
		return new Outage(traffic, incident, (traffic.rate() > 100) ? 40 : Math.max(120, 100 / traffic.rate()),
				(traffic.rate() > 100) ? 120 : 300);
	}

	static Outage healthy(Traffic traffic, double seconds) {
		return new Outage(traffic, Incident.HEALTHY, 0, seconds);
	}

	double before() {
		return this.before;
	}

	double seconds() {
		return this.before + this.incident.seconds() + this.after;
	}

	Verdicts play(Strategy strategy, long seed) {
		return play(strategy, seed, null);
	}

	Verdicts play(Strategy strategy, long seed, @Nullable Timeline timeline) {
		return new Player(strategy, seed, timeline).play();
	}

	/** Returns seconds of traffic decided wrongly beyond the oracle. */
	double regret(Verdicts verdicts, Verdicts oracle) {
		return (verdicts.cost() - oracle.cost()) / this.traffic.rate();
	}

	/**
	 * Who plays it.
	 */
	private final class Player {

		private final SimulatedTime time = new SimulatedTime();

		private final PriorityQueue<SimulatedCall> running = new PriorityQueue<>();

		private final Provider provider;

		private final Guard[] guards;

		private final long seed;

		private final double start = Outage.this.before;

		private final double end = this.start + Outage.this.incident.seconds();

		private final @Nullable Timeline timeline;

		private long calls;

		private long rejected;

		private long incidentCalls;

		private long incidentRejected;

		private double cost;

		private double noticed = Double.NaN;

		private double back;

		Player(Strategy strategy, long seed, @Nullable Timeline timeline) {
			this.seed = seed;
			this.timeline = timeline;
			this.provider = new Provider(Outage.this.traffic, Outage.this.incident, this.start, seed);
			Dice random = new Dice(-seed);
			boolean partitioned = Outage.this.incident.partitioned();
			this.guards = new Guard[partitioned ? Outage.this.incident.keys() : 1];
			for (int key = 0; key < this.guards.length; key++) {
				this.guards[key] = strategy.start(
						new Strategy.Run(this.time, random::next, this.provider, partitioned ? key : Course.ANY_KEY));
			}
		}

		Verdicts play() {
			Dice arrivals = new Dice(this.seed + 1);
			int burst = Outage.this.traffic.burst();
			double rate = Outage.this.traffic.rate() / burst;
			int keys = Outage.this.incident.keys();
			double now = arrivals.gap(rate);
			while (now < seconds()) {
				goOn(now);
				this.time.set(now);
				for (int i = 0; i < burst; i++) {
					ask(now, (keys == 1) ? 0 : (int) (arrivals.next() * keys));
				}
				now += arrivals.gap(rate);
			}
			return new Verdicts(this.calls, this.rejected, this.incidentCalls, this.incidentRejected, this.cost,
					this.noticed, this.back);
		}

		/** Lets happen what happens until then. */
		private void goOn(double until) {
			SimulatedCall next = this.running.peek();
			while (next != null && next.next() <= until) {
				this.running.poll();
				double now = next.next();
				this.time.set(now);
				boolean ended = next.goOn();
				if (!ended) {
					this.running.add(next);
				}
				boolean telling = this.provider.isSlow() || (ended && next.isFailure());
				if (telling && Double.isNaN(this.noticed) && this.provider.isHit(now)) {
					notice(next, now);
				}
				next = this.running.peek();
			}
		}

		private void notice(SimulatedCall call, double now) {
			if (guard(call.key()).isOpen()) {
				this.noticed = now - this.start;
			}
		}

		private void ask(double now, int key) {
			double failing = this.provider.failing(now, key);
			boolean hit = this.provider.isHit(now);
			Guard.Place place = guard(key).enter(now);
			this.calls++;
			this.incidentCalls += hit ? 1 : 0;
			if (place != null) {
				this.cost += failing;
				SimulatedCall call = this.provider.call(this.calls, now, key);
				call.begin(place);
				this.running.add(call);
			}
			else {
				this.cost += 1 - failing;
				this.rejected++;
				this.incidentRejected += hit ? 1 : 0;
				this.back = (now >= this.end) ? now - this.end : this.back;
			}
			if (this.timeline != null) {
				this.timeline.add(now, place != null, failing);
			}
		}

		private Guard guard(int key) {
			return this.guards[(this.guards.length > 1) ? key : 0];
		}

	}

}
