// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.breaker.Cooldown.Outage;
import org.jspecify.annotations.Nullable;

/**
 * Replaces one generation of a breaker by the next. Readers take no lock; who changes
 * something holds one for the moment of the change, never while listeners are told.
 */
final class StateMachine {

	private final BreakerView breaker;

	private final BreakerEnvironment environment;

	private final Tally tally;

	private final History history;

	private final OpeningRule.Series rules;

	private final Cooldown cooldown;

	private final ReentrantLock changing = new ReentrantLock();

	private final Resilience4jBreaker engine;

	private final Announcements announcements = new Announcements();

	private volatile Generation current;

	StateMachine(BreakerView breaker, OpeningRule.Series rules, BreakerEnvironment environment, Tally tally,
			History history) {
		this.breaker = breaker;
		this.environment = environment;
		this.tally = tally;
		this.history = history;
		this.rules = rules;
		this.cooldown = new Cooldown(breaker, environment.random());
		this.engine = new Resilience4jBreaker(breaker);
		this.current = closed(environment.now(), null);
	}

	/** Returns what stands behind the breaker. */
	Resilience4jBreaker engine() {
		return this.engine;
	}

	/** Returns the generation, even if its time is over. */
	Generation latest() {
		return this.current;
	}

	/** Returns the generation as of now, for who looks at it. */
	Generation current(long now) {
		Generation generation = this.current;
		if (!generation.isOver(now)) {
			return generation;
		}
		// of those who share it only one probes, and that takes a call
		return this.environment.isShared() ? halfOpen(generation.end(), openPeriodOf(generation)) : advance(now);
	}

	/** Returns the generation as of now, for a call that wants in. */
	Generation entered(long now) {
		Generation generation = this.current;
		if (!generation.isOver(now)) {
			if (generation.places != null && generation.places.areEnough(now)) {
				recover(generation);
			}
			return this.current;
		}
		Duration delay = probeDelay();
		return delay.isZero() ? advance(now) : postpone(generation, delay, now);
	}

	/** Whether a probe is slow that slow calls have made necessary. */
	boolean isSlow(long nanos, OpeningRule.Moment moment) {
		return this.rules.isSlow(nanos, moment);
	}

	/** Whether a call may probe, as far as others are concerned. */
	boolean mayProbe() {
		return probeDelay().isZero();
	}

	/** Opens it unless another call was faster. */
	boolean trip(Generation expected, Trip trip, @Nullable Duration hint) {
		return change((from) -> (from == expected) ? tripped(from, trip, hint) : from);
	}

	/** Closes it unless another call was faster. */
	void recover(Generation expected) {
		change((from) -> (from == expected) ? closed(this.environment.now(), from) : from);
	}

	/** Makes it stay open for a wait hint that is counted from now on. */
	boolean extend(@Nullable Duration hint, long now) {
		boolean extended;
		this.changing.lock();
		try {
			Generation open = this.current;
			extended = open.state == BreakerState.OPEN && !open.isOver(now)
					&& open.extend(this.cooldown.extendedNanos(now - open.since.nanos(), hint));
			if (extended) {
				publish(open);
			}
		}
		finally {
			this.changing.unlock();
		}
		this.announcements.tell();
		return extended;
	}

	void forceOpen(@Nullable Long nanos) {
		changeByHand((from, now) -> Generation.forcedOpen(now, openPeriodOf(from).openedByHand(now.nanos()), nanos));
	}

	void close() {
		changeByHand((from, now) -> closed(now, null));
	}

	void disable() {
		changeByHand((from, now) -> Generation.disabled(now));
	}

	void halfOpen() {
		changeByHand((from, now) -> halfOpen(now, openPeriodOf(from)));
	}

	/** Closes it if a probe has succeeded and none is under way. */
	void closeIfProven() {
		change((from) -> (from.places != null && from.places.isProven()) ? closed(this.environment.now(), from) : from);
	}

	/**
	 * Judges by another policy from now on. The present period stays as it is, for as
	 * long as it was to last.
	 */
	void policyChanged(BreakerPolicy policy) {
		this.changing.lock();
		try {
			this.rules.change(policy, this.current.rule, this.environment.nanos());
		}
		finally {
			this.changing.unlock();
		}
	}

	/** Takes over what another instance has found out. */
	void adopt(SharedState shared) {
		Timestamp now = this.environment.now();
		change((from) -> adopted(from, shared, now), false);
	}

	private Generation advance(long now) {
		change((from) -> from.isOver(now) ? halfOpen(from.end(), openPeriodOf(from)) : from);
		return this.current;
	}

	private void changeByHand(Change change) {
		Timestamp now = this.environment.now();
		current(now.nanos());
		change((from) -> change.next(from, now));
	}

	private boolean change(UnaryOperator<Generation> change) {
		return change(change, true);
	}

	private boolean change(UnaryOperator<Generation> change, boolean ours) {
		boolean changed;
		this.changing.lock();
		try {
			Generation from = this.current;
			Generation to = change.apply(from);
			changed = to != from;
			this.current = to;
			if (changed) {
				follow(from, to);
			}
			if (from.state != to.state) {
				note(from, to, ours);
			}
			if (changed && ours) {
				publish(to);
			}
		}
		finally {
			this.changing.unlock();
		}
		this.announcements.tell();
		return changed;
	}

	/** What stands behind it changes along with it. To be called under the lock. */
	private void follow(Generation from, Generation to) {
		if (from.places != null) {
			from.places.end();
		}
		if (from.state != to.state || to.places != null) {
			this.engine.become(to.state);
		}
	}

	private void note(Generation from, Generation to, boolean ours) {
		StateChange change = describe(from, to, ours);
		if (to.state == BreakerState.OPEN) {
			this.tally.tripped();
		}
		this.history.changed(to.since, change, openPeriodOf(to).window().failures());
		this.announcements.add(() -> this.environment.listeners().stateChanged(this.breaker, change));
	}

	/** To be called under the lock. */
	private void publish(Generation generation) {
		if (this.environment.isShared()) {
			SharedState shared = generation.shared(this.environment.nanos());
			this.announcements.add(() -> this.environment.sync().changed(this.breaker, shared));
		}
	}

	private Duration probeDelay() {
		return this.environment.sync().probeDelay(this.breaker);
	}

	/** Stays open because others probe. */
	private Generation postpone(Generation open, Duration delay, long now) {
		this.changing.lock();
		try {
			if (this.current == open) {
				open.extend(now - open.since.nanos() + this.cooldown.cappedNanos(delay));
			}
			return this.current;
		}
		finally {
			this.changing.unlock();
		}
	}

	private static StateChange describe(Generation from, Generation to, boolean ours) {
		Trip trip = to.trip();
		Long limit = to.limitNanos();
		return new StateChange(from.state, to.state, (trip != null) ? trip.kind() : null,
				(trip != null) ? trip.status() : null, (from.rule != null) ? from.rule.failures() : 0,
				(limit != null) ? Duration.ofNanos(limit) : null, outage(from, to), to.since.instant(), !ours);
	}

	private static @Nullable Duration outage(Generation from, Generation to) {
		Long opened = from.firstOpened();
		return (to.state == BreakerState.CLOSED && opened != null) ? Duration.ofNanos(to.since.nanos() - opened) : null;
	}

	private Generation tripped(Generation from, Trip call, @Nullable Duration hint) {
		Timestamp now = this.environment.now();
		Trip trip = (from.rule != null && from.rule.doStreamsBreak()) ? call.withinStreams() : call;
		OpenPeriod before = openPeriodOf(from);
		Long opened = before.firstOpened();
		OpenPeriod period = (opened != null) ? before.reopenedBy(trip)
				: before.openedBy(trip, now.nanos(), decisionOf(from, now));
		ProbePlaces places = from.places;
		Long alive = (opened != null && places != null) ? places.aliveAt(now.nanos(), trip.nanos()) : null;
		if (alive != null) {
			period = revived(period, now.nanos() - alive, now.nanos());
		}
		return Generation.open(now, period,
				this.cooldown.nanos(period.reopenings(), outage(period, now.nanos()), hint));
	}

	/** An outage has lasted since the last sign of life, and has cost one call. */
	private OpenPeriod revived(OpenPeriod period, long nanos, long now) {
		Outage outage = outage(period, now);
		return period.revived(new Outage(outage.nanos() - nanos, outage.asked() - 1));
	}

	private Outage outage(OpenPeriod period, long now) {
		Outage before = period.before();
		long asked = this.tally.rejections() - period.rejectedBefore() + period.reopenings() + before.asked();
		return new Outage(now - Objects.requireNonNull(period.firstOpened()) + before.nanos(),
				asked * this.environment.instances());
	}

	private Generation adopted(Generation from, SharedState shared, Timestamp now) {
		return switch (shared.state()) {
			case CLOSED -> closed(now, null);
			case OPEN -> (from.state == BreakerState.OPEN) ? openedLonger(from, shared, now)
					: openedElsewhere(from, shared, now);
			case HALF_OPEN ->
				(from.state == BreakerState.HALF_OPEN) ? from : halfOpen(now, openPeriodOf(from, shared, now));
			case FORCED_OPEN -> Generation.forcedOpen(now, openPeriodOf(from).openedByHand(now.nanos()),
					(shared.remaining() != null) ? Nanos.of(shared.remaining()) : null);
			case DISABLED -> (from.state == BreakerState.DISABLED) ? from : Generation.disabled(now);
		};
	}

	private Generation openedElsewhere(Generation from, SharedState shared, Timestamp now) {
		boolean byHand = from.state == BreakerState.FORCED_OPEN || from.state == BreakerState.DISABLED;
		return (byHand && !from.isOver(now.nanos())) ? from
				: Generation.open(now, openPeriodOf(from, shared, now), openNanos(shared));
	}

	/** The longest wins. */
	private Generation openedLonger(Generation from, SharedState shared, Timestamp now) {
		long nanos = openNanos(shared);
		if (nanos <= from.remainingNanos(now.nanos())) {
			return from;
		}
		Generation longer = Generation.open(from.since, openPeriodOf(from, shared, now),
				now.nanos() - from.since.nanos() + nanos);
		this.history.extended(now, longer.trip());
		return longer;
	}

	private long openNanos(SharedState shared) {
		return this.cooldown.cappedNanos(Objects.requireNonNull(shared.remaining()));
	}

	private OpenPeriod openPeriodOf(Generation generation, SharedState shared, Timestamp now) {
		return openPeriodOf(generation).openedElsewhere(Trip.of(shared), shared.reopenings(), now.nanos());
	}

	private Generation halfOpen(Timestamp since, OpenPeriod period) {
		BreakerPolicy policy = this.breaker.policy();
		long patience = (period.trip() != null) ? period.trip().patienceNanos() : Long.MAX_VALUE;
		ProbePlaces.Times times = new ProbePlaces.Times(Nanos.of(policy.halfOpen().timeout()), patience,
				policy.isAdaptive() ? period.lifeNanos() : Long.MAX_VALUE);
		// a fleet has as many probes at a time as one instance
		int more = this.environment.isShared() ? 0 : policy.halfOpen().calls();
		return Generation.halfOpen(since, period,
				new ProbePlaces(this.engine, this.changing, policy.halfOpen().calls(), more, times));
	}

	private Generation closed(Timestamp since, @Nullable Generation probed) {
		return Generation.closed(since, this.rules.next(since.nanos()), probed);
	}

	private OpenPeriod openPeriodOf(Generation generation) {
		if (generation.openPeriod != null) {
			return generation.openPeriod;
		}
		OpeningRule rule = generation.rule;
		long now = this.environment.nanos();
		FailureRow row = (rule != null) ? rule.row() : null;
		return new OpenPeriod(null, 0, this.tally.rejections(), null,
				(rule != null) ? rule.window(now) : BreakerSnapshot.Window.EMPTY,
				(row != null) ? row.outage(now) : Outage.NONE, null, (row != null) ? row.longest() : 0);
	}

	private @Nullable OpeningDecision decisionOf(Generation from, Timestamp now) {
		Decision decision = (from.rule != null) ? from.rule.decision() : null;
		return (decision != null) ? OpeningDecision.of(this.breaker.policy().opening().strategy(), decision, now)
				: null;
	}

	/**
	 * A change made by hand.
	 */
	private interface Change {

		Generation next(Generation from, Timestamp now);

	}

}
