// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

import io.github.llmbreaker.CallOutcome;
import org.jspecify.annotations.Nullable;

/**
 * The cooldowns of LiteLLM's router with a Redis, as documented: each instance counts for
 * itself; a cooldown is written to Redis, where the others read it at most once a second.
 */
final class SharedCooldowns {

	private static final double CACHE = 1;

	private final Strategy each = new LiteLlmStrategy();

	private double until;

	private SharedCooldowns() {
	}

	static FleetStrategy of(String name, int instances) {
		return FleetStrategy.of(name, instances, (run) -> {
			SharedCooldowns store = new SharedCooldowns();
			FleetStrategy.Commands commands = new FleetStrategy.Commands();
			return new FleetStrategy.Members(commands, (number) -> store.new Router(run, commands));
		});
	}

	/**
	 * One instance.
	 */
	private final class Router implements Guard {

		private final Strategy.Run run;

		private final FleetStrategy.Commands commands;

		private final Guard own;

		private double readAt = Double.NEGATIVE_INFINITY;

		private double known;

		Router(Strategy.Run run, FleetStrategy.Commands commands) {
			this.run = run;
			this.commands = commands;
			this.own = SharedCooldowns.this.each.start(run);
		}

		@Override
		public @Nullable Place enter(double now) {
			if (now - this.readAt >= CACHE) {
				this.commands.add(1);
				this.readAt = now;
				this.known = SharedCooldowns.this.until;
			}
			Place place = (now < this.known) ? null : this.own.enter(now);
			return (place != null) ? (outcome) -> end(place, outcome) : null;
		}

		@Override
		public boolean isOpen() {
			return this.own.isOpen() || this.run.time().seconds() < this.known;
		}

		private void end(Place place, CallOutcome outcome) {
			boolean before = this.own.isOpen();
			place.end(outcome);
			if (!before && this.own.isOpen()) {
				this.commands.add(1);
				SharedCooldowns.this.until = this.run.time().seconds() + LiteLlmStrategy.COOLDOWN;
			}
		}

	}

}
