// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import org.jspecify.annotations.Nullable;

/**
 * The distributed breaker of gobreaker 2 with its defaults, as documented: before and
 * after each call an instance locks, reads, writes and unlocks the one state. More than
 * five failures in a row open it for a minute, then one call probes.
 */
final class SharedStore implements Guard {

	private static final int MOST_FAILURES = 5;

	private static final double TIMEOUT = 60;

	/** Lock, read, write, unlock. */
	private static final int VISIT = 4;

	private final SimulatedTime time;

	private final FleetStrategy.Commands commands;

	private int failures;

	private int generation;

	private double openUntil;

	private boolean open;

	private boolean probing;

	private SharedStore(SimulatedTime time, FleetStrategy.Commands commands) {
		this.time = time;
		this.commands = commands;
	}

	static FleetStrategy of(String name, int instances) {
		return FleetStrategy.of(name, instances, (run) -> {
			FleetStrategy.Commands commands = new FleetStrategy.Commands();
			SharedStore store = new SharedStore(run.time(), commands);
			return new FleetStrategy.Members(commands, (number) -> store);
		});
	}

	@Override
	public @Nullable Place enter(double now) {
		this.commands.add(VISIT);
		if (this.open && (now < this.openUntil || this.probing)) {
			return null;
		}
		this.probing = this.open;
		int admitted = this.generation;
		return (outcome) -> end(admitted, outcome);
	}

	@Override
	public boolean isOpen() {
		return this.open && (this.probing || this.time.seconds() < this.openUntil);
	}

	private void end(int admitted, CallOutcome outcome) {
		this.commands.add(VISIT);
		if (admitted != this.generation) {
			return;
		}
		boolean failed = outcome.kind() != OutcomeKind.SUCCESS;
		this.failures = failed ? this.failures + 1 : 0;
		boolean opens = failed && (this.open || this.failures > MOST_FAILURES);
		if (opens || this.open) {
			this.generation++;
			this.failures = 0;
			this.probing = false;
			this.open = opens;
			this.openUntil = this.time.seconds() + TIMEOUT;
		}
	}

}
