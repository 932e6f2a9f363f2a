// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.breaker.BreakerSync;
import io.github.llmbreaker.redis.SimulatedInstance;
import io.github.llmbreaker.redis.SimulatedNetwork;
import org.jspecify.annotations.Nullable;

/**
 * Many instances of an application: each call is made by one of them, at random.
 */
final class FleetStrategy implements Strategy {

	private final String name;

	private final int instances;

	private final Function<Run, Members> members;

	private @Nullable FleetGuard played;

	private FleetStrategy(String name, int instances, Function<Run, Members> members) {
		this.name = name;
		this.instances = instances;
		this.members = members;
	}

	/** Instances that know nothing of each other. */
	static FleetStrategy isolated(String name, int instances, Strategy each) {
		return new FleetStrategy(name, instances, (run) -> new Members(new Commands(), (number) -> each.start(run)));
	}

	/**
	 * Our own, over Redis.
	 * @param name the name on the page
	 * @param instances how many there are
	 * @param each the breakers of one
	 * @param delay seconds that a message takes at most
	 * @param loss the share of the messages that get lost
	 */
	static FleetStrategy shared(String name, int instances, PresetStrategy each, double delay, double loss) {
		return new FleetStrategy(name, instances, (run) -> {
			SimulatedNetwork network = new SimulatedNetwork(run.time(), run.time()::setNanos, run.random(), delay,
					loss);
			return new Members(network, (number) -> each.start(run, instance(network, number, run)));
		});
	}

	/** Others, whose store tells what it is asked. */
	static FleetStrategy of(String name, int instances, Function<Run, Members> members) {
		return new FleetStrategy(name, instances, members);
	}

	private static BreakerSync instance(SimulatedNetwork network, int number, Run run) {
		return new SimulatedInstance(network, String.valueOf(number), run.time());
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public Guard start(Run run) {
		FleetGuard fleet = new FleetGuard(run, this.members.apply(run), this.instances);
		this.played = fleet;
		return fleet;
	}

	/** Returns the commands that Redis got each second in some time of the last run. */
	double commands(double from, double until) {
		return Objects.requireNonNull(this.played).commands(from, until);
	}

	/**
	 * The instances of one run.
	 */
	static final class Members {

		private final @Nullable SimulatedNetwork network;

		private final Commands commands;

		private final Function<Integer, Guard> guards;

		Members(Commands commands, Function<Integer, Guard> guards) {
			this.network = null;
			this.commands = commands;
			this.guards = guards;
		}

		Members(SimulatedNetwork network, Function<Integer, Guard> guards) {
			this.network = network;
			this.commands = new Commands();
			this.guards = guards;
		}

		long commands() {
			return (this.network != null) ? this.network.commands() : this.commands.number;
		}

		/** Lets happen what has happened between instances by now. */
		void advance(SimulatedTime time) {
			if (this.network != null) {
				long now = time.nanos();
				time.setNanos(0);
				this.network.advance(now);
			}
		}

	}

	/**
	 * What Redis was asked.
	 */
	static final class Commands {

		private long number;

		void add(int number) {
			this.number += number;
		}

	}

	/**
	 * All instances.
	 */
	static final class FleetGuard implements Guard {

		private final Run run;

		private final Members members;

		private final List<Guard> guards = new ArrayList<>();

		private final List<Sample> samples = new ArrayList<>();

		FleetGuard(Run run, Members members, int instances) {
			this.run = run;
			this.members = members;
			for (int i = 0; i < instances; i++) {
				this.guards.add(members.guards.apply(i));
			}
		}

		@Override
		public @Nullable Place enter(double now) {
			this.members.advance(this.run.time());
			this.samples.add(new Sample(now, this.members.commands()));
			int number = (int) (this.run.random().getAsDouble() * this.guards.size());
			Place place = this.guards.get(number).enter(now);
			return (place != null) ? new FleetPlace(this, place) : null;
		}

		@Override
		public boolean isOpen() {
			return this.guards.stream().filter(Guard::isOpen).count() * 2 > this.guards.size();
		}

		/** Returns the commands a second in some time of the run. */
		double commands(double from, double until) {
			List<Sample> within = this.samples.stream().filter((it) -> it.at >= from && it.at < until).toList();
			Sample first = within.get(0);
			Sample last = within.get(within.size() - 1);
			return (last.commands - first.commands) / (last.at - first.at);
		}

	}

	private record Sample(double at, long commands) {
	}

	/**
	 * A call of one instance.
	 */
	private record FleetPlace(FleetGuard fleet, Guard.Place place) implements Guard.Place {

		@Override
		public void contentStarted() {
			this.fleet.members.advance(this.fleet.run.time());
			this.place.contentStarted();
		}

		@Override
		public void end(CallOutcome outcome) {
			this.fleet.members.advance(this.fleet.run.time());
			this.place.end(outcome);
		}

	}

}
