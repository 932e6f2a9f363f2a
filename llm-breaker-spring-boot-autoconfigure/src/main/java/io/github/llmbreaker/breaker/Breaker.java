// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.List;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmBreaker;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.breaker.BreakerEvent.Type;
import org.jspecify.annotations.Nullable;

/**
 * The breaker of one model or of one provider.
 *
 * @since 0.1.0
 */
public final class Breaker extends Evictable implements LlmBreaker, SharedBreaker {

	/** An open breaker that nobody has called for so long is as good as none. */
	private static final long FORGOTTEN = Duration.ofMinutes(10).toNanos();

	private final BreakerId id;

	private volatile BreakerPolicy policy;

	private final BreakerEnvironment environment;

	private final Keeper keeper;

	private final Tally tally = new Tally();

	private final History history = new History();

	private final StateMachine machine;

	private final OutcomeRecorder recorder;

	Breaker(BreakerId id, BreakerPolicy policy, BreakerEnvironment environment, Keeper keeper) {
		this.id = id;
		this.policy = policy;
		this.environment = environment;
		this.keeper = keeper;
		this.machine = new StateMachine(this, OpeningRules.of(policy, environment.nanos()), environment, this.tally,
				this.history);
		this.recorder = new OutcomeRecorder(this, environment, this.machine, this.tally, this.history,
				() -> keeper.keep(this).recorder);
	}

	@Override
	public String name() {
		return this.id.name();
	}

	@Override
	public OutcomeScope scope() {
		return this.id.scope();
	}

	@Override
	public String provider() {
		return this.id.provider();
	}

	@Override
	public @Nullable String partition() {
		return this.id.partition();
	}

	String providerName() {
		return this.id.providerName();
	}

	@Override
	public @Nullable String endpoint() {
		return this.id.endpoint();
	}

	@Override
	public @Nullable String model() {
		return this.id.model();
	}

	@Override
	public BreakerPolicy policy() {
		return this.policy;
	}

	/** Follows its policy as it is from now on. */
	void follow(LlmPolicies policies) {
		BreakerPolicy changed = switch (scope()) {
			case PROVIDER -> policies.forProvider(provider());
			case MODEL, NONE -> policies.forTarget(new LlmTarget(providerName(), endpoint(), model())).breaker();
		};
		if (!changed.equals(this.policy)) {
			this.policy = changed;
			this.machine.policyChanged(changed);
		}
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

	@Override
	public void adopt(SharedState shared) {
		Generation before = this.machine.latest();
		this.machine.adopt(shared);
		if (shared.state() == BreakerState.OPEN) {
			this.recorder.openedElsewhere(before, this.environment.nanos());
		}
	}

	@Override
	public void closeIfProven() {
		this.machine.closeIfProven();
	}

	@Override
	public SharedState share() {
		long now = this.environment.nanos();
		return this.machine.current(now).shared(now);
	}

	@Override
	public @Nullable SharedCalls calls() {
		Generation generation = this.machine.current(this.environment.nanos());
		return (generation.rule != null) ? generation.rule.share(generation.since.nanos()) : null;
	}

	@Override
	public void hear(SharedCalls others) {
		this.recorder.heard(others, this.environment.nanos());
	}

	/** Returns everything there is to say about it, as of now. */
	public BreakerSnapshot snapshot() {
		long now = this.environment.nanos();
		Generation generation = this.machine.current(now);
		return new BreakerSnapshot(generation.state, generation.since.instant(),
				Duration.ofNanos(generation.remainingNanos(now)), openedBy(generation), this.tally.trips(),
				this.tally.calls(), windowOf(generation, now), this.tally.failures(), this.tally.lastFailure());
	}

	/** Returns the last 100 things that happened to it, oldest first. */
	public List<BreakerEvent> events() {
		this.machine.current(this.environment.nanos());
		return this.history.events();
	}

	@Override
	public List<BreakerEvent> why() {
		return this.history.reasons().all();
	}

	@Override
	public @Nullable String cause() {
		long now = this.environment.nanos();
		Generation generation = this.machine.current(now);
		return switch (generation.state) {
			case CLOSED -> null;
			case DISABLED -> "Disabled by hand";
			case FORCED_OPEN -> "Forced open by hand";
			case OPEN, HALF_OPEN -> this.history.reasons().sentence(openedBy(generation), windowOf(generation, now));
		};
	}

	@Override
	public BreakerSnapshot.Spared spared() {
		return this.tally.spared(!this.environment.isObserving());
	}

	/**
	 * Returns what it opened for when it was closed last; {@code null} while it is
	 * closed, or if no rule has opened it.
	 */
	public @Nullable OpeningDecision decision() {
		OpenPeriod period = this.machine.current(this.environment.nanos()).openPeriod;
		return (period != null) ? period.decision() : null;
	}

	/** Returns what stands behind it. */
	Resilience4jBreaker engine() {
		return this.machine.engine();
	}

	/** Asks for the place of a call. */
	AdmissionDecision enter(long now) {
		return this.recorder.enter(now, this.keeper.isCrowded());
	}

	/**
	 * Returns what a call would be told that can't but be rejected.
	 * @param now the reading of the ticker
	 * @return the rejection; {@code null} if the call has to ask
	 */
	@Nullable Rejection rejection(long now) {
		Generation generation = this.machine.latest();
		return (generation.rejects() && !generation.isOver(now)) ? Rejection.of(name(), generation, now) : null;
	}

	/** Whether it lets every call in. */
	boolean isClosed() {
		return this.machine.latest().rule != null;
	}

	boolean isCallable(long now) {
		Generation generation = this.machine.current(now);
		return switch (generation.state) {
			case CLOSED, DISABLED -> true;
			case OPEN, FORCED_OPEN -> false;
			case HALF_OPEN -> generation.places == null || generation.places.hasFreePlace(now);
		};
	}

	/** Whether the place is one of its own. */
	boolean admitted(Admission admission) {
		return admission.recorder == this.recorder;
	}

	/** Counts a rejection, or what would be one. */
	void rejected() {
		this.tally.rejected();
		if (!this.environment.isObserving()) {
			this.tally.spared();
		}
		this.history.rejected(this.environment);
	}

	@Override
	int rank(long now) {
		Generation generation = this.machine.latest();
		boolean past = generation.isOver(now) && isForgotten(now);
		return switch (generation.state) {
			case CLOSED -> (generation.rule != null && generation.rule.holdsFailures(now)) ? KEPT : idleRank(now);
			case HALF_OPEN -> isForgotten(now) ? idleRank(now) : KEPT + 1;
			case OPEN -> past ? idleRank(now) : KEPT + 1;
			case FORCED_OPEN, DISABLED -> past ? idleRank(now) : BY_HAND;
		};
	}

	private int idleRank(long now) {
		if (this.id.model() == null && this.id.partition() == null) {
			// many names depend on it: what goes would come back at once
			return isForgotten(now) ? SPARE + 1 : KEPT;
		}
		if (this.recorder.isBusy()) {
			return SPARE + 2;
		}
		return (this.id.scope() == OutcomeScope.PROVIDER) ? SPARE + 1 : SPARE;
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

	private static BreakerSnapshot.Window windowOf(Generation generation, long now) {
		if (generation.rule != null) {
			return generation.rule.window(now);
		}
		return (generation.openPeriod != null) ? generation.openPeriod.window() : BreakerSnapshot.Window.EMPTY;
	}

	/**
	 * Who keeps the breakers, as they see it.
	 */
	interface Keeper {

		/**
		 * Whether there may soon be no room, so that calls under way are to be counted.
		 */
		boolean isCrowded();

		/**
		 * A call of a breaker that had to go has failed: that must not get lost.
		 * @param evicted the breaker
		 * @return the breaker that is kept for its calls from now on
		 */
		Breaker keep(Breaker evicted);

	}

}
