// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmBreaker;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.breaker.BreakerEvent.Type;
import org.jspecify.annotations.Nullable;

/**
 * The breaker of one model or of one provider.
 *
 * @since 0.1.0
 */
public final class Breaker extends Evictable implements LlmBreaker {

	/** An open breaker that nobody has called for so long is as good as none. */
	private static final long FORGOTTEN = Duration.ofMinutes(10).toNanos();

	private static final AtomicIntegerFieldUpdater<Breaker> RUNNING = AtomicIntegerFieldUpdater
		.newUpdater(Breaker.class, "running");

	private final BreakerId id;

	private final BreakerPolicy policy;

	private final BreakerEnvironment environment;

	private final Tally tally = new Tally();

	private final History history = new History();

	private final StateMachine machine;

	private final OutcomeRecorder recorder;

	/** Calls under way, as far as they are counted. */
	private volatile int running;

	Breaker(BreakerId id, BreakerPolicy policy, BreakerEnvironment environment) {
		this.id = id;
		this.policy = policy;
		this.environment = environment;
		this.machine = new StateMachine(this, environment, this.tally, this.history);
		this.recorder = new OutcomeRecorder(this, environment, this.machine, this.tally, this.history);
	}

	@Override
	public String name() {
		return this.id.name();
	}

	/**
	 * Returns whether it is a model's or a provider's.
	 * @return {@link OutcomeScope#MODEL} or {@link OutcomeScope#PROVIDER}
	 */
	public OutcomeScope scope() {
		return this.id.scope();
	}

	/**
	 * Returns the provider's id.
	 * @return the id
	 */
	public String provider() {
		return this.id.provider();
	}

	/**
	 * Returns the endpoint that is part of the breaker's name.
	 * @return the endpoint, or {@code null}
	 */
	public @Nullable String endpoint() {
		return this.id.endpoint();
	}

	/**
	 * Returns the model that is part of the breaker's name.
	 * @return the model; {@code null} for a provider's breaker and for calls that name no
	 * model
	 */
	public @Nullable String model() {
		return this.id.model();
	}

	/**
	 * Returns its policy.
	 * @return the policy
	 */
	public BreakerPolicy policy() {
		return this.policy;
	}

	@Override
	public BreakerState state() {
		return this.machine.current(this.environment.nanos()).state;
	}

	@Override
	public Duration remainingCooldown() {
		long now = this.environment.nanos();
		return Duration.ofNanos(this.machine.current(now).remainingNanos(now));
	}

	@Override
	public void forceOpen(@Nullable Duration duration) {
		if (duration != null && (duration.isZero() || duration.isNegative())) {
			throw new IllegalArgumentException("'duration' must be positive (was " + duration + ")");
		}
		this.machine.forceOpen((duration != null) ? Nanos.of(duration) : null);
	}

	@Override
	public void close() {
		this.machine.close();
	}

	@Override
	public void disable() {
		this.machine.disable();
	}

	@Override
	public void halfOpen() {
		this.machine.halfOpen();
	}

	@Override
	public void reset() {
		this.history.happened(this.environment.now(), Type.RESET);
		this.machine.close();
	}

	/**
	 * Returns everything there is to say about it, as of now.
	 * @return the snapshot
	 */
	public BreakerSnapshot snapshot() {
		long now = this.environment.nanos();
		Generation generation = this.machine.current(now);
		return new BreakerSnapshot(generation.state, generation.since.instant(),
				Duration.ofNanos(generation.remainingNanos(now)), openedBy(generation), this.tally.trips(),
				this.tally.calls(), windowOf(generation), this.tally.failures(), this.tally.lastFailure());
	}

	/**
	 * Returns the last 100 things that happened to it, oldest first.
	 * @return the events
	 */
	public List<BreakerEvent> events() {
		this.machine.current(this.environment.nanos());
		return this.history.events();
	}

	/** Asks for the place of a call. */
	Entry enter(long now) {
		while (true) {
			Generation generation = this.machine.current(now);
			if (generation.rejects()) {
				return Rejection.of(this, generation, now);
			}
			Admission admission = new Admission(this, generation, now, began());
			if (generation.places == null) {
				return admission;
			}
			boolean entered = generation.places.enter(admission, now);
			boolean current = this.machine.latest() == generation;
			if (entered && current) {
				return admission;
			}
			admission.giveBack(now);
			if (current) {
				return Rejection.of(this, generation, now);
			}
		}
	}

	boolean isCallable(long now) {
		Generation generation = this.machine.current(now);
		return switch (generation.state) {
			case CLOSED, DISABLED -> true;
			case OPEN, FORCED_OPEN -> false;
			case HALF_OPEN -> generation.places == null || generation.places.hasFreePlace(now);
		};
	}

	OutcomeRecorder recorder() {
		return this.recorder;
	}

	/** Counts a rejection, or what would be one. */
	void rejected() {
		this.tally.rejected();
		this.history.rejected(this.environment);
	}

	/** Counts a call under way, if it matters. */
	boolean began() {
		if (!this.environment.keeper().isCrowded()) {
			return false;
		}
		RUNNING.incrementAndGet(this);
		return true;
	}

	/** A call that was counted is under way no more. */
	void ended() {
		RUNNING.decrementAndGet(this);
	}

	@Override
	int rank(long now) {
		Generation generation = this.machine.latest();
		boolean past = generation.isOver(now) && isForgotten(now);
		return switch (generation.state) {
			case CLOSED -> (generation.window != null && generation.window.holdsFailures(now)) ? KEPT : idleRank(now);
			case HALF_OPEN -> isForgotten(now) ? idleRank(now) : KEPT + 1;
			case OPEN -> past ? idleRank(now) : KEPT + 1;
			case FORCED_OPEN, DISABLED -> past ? idleRank(now) : KEPT + 2;
		};
	}

	private int idleRank(long now) {
		if (this.id.model() == null) {
			// many names depend on it: what goes would come back at once
			return isForgotten(now) ? SPARE + 1 : KEPT;
		}
		return (this.running > 0) ? SPARE + 2 : SPARE;
	}

	private boolean isForgotten(long now) {
		return now - lastUsed() >= FORGOTTEN;
	}

	@Override
	public String toString() {
		return "Breaker '" + name() + "'";
	}

	private static @Nullable OutcomeKind openedBy(Generation generation) {
		Trip trip = generation.trip();
		return (trip != null) ? trip.kind() : null;
	}

	private static BreakerSnapshot.Window windowOf(Generation generation) {
		if (generation.window != null) {
			return generation.window.snapshot();
		}
		return (generation.outage != null) ? generation.outage.window() : BreakerSnapshot.Window.EMPTY;
	}

}
