// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.breaker.Nanos;
import io.github.llmbreaker.breaker.SharedBreaker;
import io.github.llmbreaker.breaker.SharedState;
import org.jspecify.annotations.Nullable;

/**
 * What this instance has to tell of one of its breakers, and what it has heard.
 */
final class FleetMember {

	/** Callers look again after so long whether they may probe ... */
	private static final Duration LOOK = Duration.ofMillis(50);

	/** ... and probe without leave when there is no answer. */
	private static final long NO_ANSWER = Duration.ofSeconds(1).toNanos();

	private final SharedBreaker breaker;

	private final FleetCounts counts = new FleetCounts();

	private final ReentrantLock lock = new ReentrantLock();

	/** What the others don't know yet; later news take its place. */
	private @Nullable Pending pending;

	private @Nullable Lease lease;

	/** Who has so few calls that leave would come for none of them probes without. */
	private static final long RARE = Duration.ofSeconds(5).toNanos();

	/** Who has no more calls after one that went well has probed enough. */
	private static final long NO_MORE_CALLS = Duration.ofSeconds(2).toNanos();

	/** When leave to probe was asked for; {@code null} if it was not, or is answered. */
	private @Nullable Long asked;

	/** When to ask before there is a call: it ought not to wait. */
	private @Nullable Long askEarly;

	/** When a call wanted to probe last, or it opened. */
	private long lastWish;

	private long version;

	FleetMember(SharedBreaker breaker, long now) {
		this.breaker = breaker;
		this.lastWish = now;
	}

	SharedBreaker breaker() {
		return this.breaker;
	}

	FleetCounts counts() {
		return this.counts;
	}

	/** The breaker has changed here. */
	void changed(SharedState state, long now) {
		this.lock.lock();
		try {
			this.pending = new Pending(state, now, this.version);
			this.lastWish = now;
			this.askEarly = (state.state() == BreakerState.OPEN && state.remaining() != null)
					? now + Math.max(0, Nanos.of(state.remaining()) - 4 * LOOK.toNanos()) : null;
			this.lease = null;
			this.asked = null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Returns what to tell, once. */
	@Nullable Pending takePending() {
		this.lock.lock();
		try {
			Pending taken = this.pending;
			this.pending = null;
			return taken;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** It could not be told. */
	void putBack(Pending untold) {
		this.lock.lock();
		try {
			if (this.pending == null) {
				this.pending = untold;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** What was told is known to all. */
	void told(long version) {
		this.lock.lock();
		try {
			this.version = Math.max(this.version, version);
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Others have found something out, which may be known already. */
	void hear(FleetNews.Changed news, long now) {
		hear(news, 1, now);
	}

	/** What is told was refused, because others know better. */
	void correct(FleetNews.Changed news, long now) {
		hear(news, 0, now);
	}

	/**
	 * Takes over what others have found out, unless what is found out here goes on top.
	 */
	private void hear(FleetNews.Changed news, int newer, long now) {
		this.lock.lock();
		try {
			if (news.version() - this.version < newer) {
				return;
			}
			this.lease = null;
			this.asked = null;
			this.lastWish = now;
			if (this.pending != null && this.pending.goesOnTopOf(news.state().state())) {
				this.pending = new Pending(this.pending.state(), this.pending.at(), news.version());
				this.version = news.version();
				return;
			}
			this.pending = null;
		}
		finally {
			this.lock.unlock();
		}
		this.breaker.adopt(news.state());
		told(news.version());
	}

	/** Redis was emptied: its versions begin anew. */
	void startAnew(long now) {
		SharedState state = this.breaker.share();
		this.counts.forget();
		this.lock.lock();
		try {
			this.version = 0;
			this.lease = null;
			this.asked = null;
			Pending untold = this.pending;
			if (untold != null) {
				this.pending = new Pending(untold.state(), untold.at(), 0);
			}
			else if (state.state() != BreakerState.CLOSED && state.state() != BreakerState.HALF_OPEN) {
				this.pending = new Pending(state, now, 0);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Whether it holds what only the others can end, and they don't know of it. */
	boolean isForgotten() {
		SharedState state = this.breaker.share();
		this.lock.lock();
		try {
			return this.pending == null && this.version > 0 && state.remaining() == null
					&& (state.state() == BreakerState.FORCED_OPEN || state.state() == BreakerState.DISABLED);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Asks on the thread of a call whether it may probe.
	 * @param now the reading of the ticker
	 * @param ask what asks the others, without waiting
	 * @return zero if it may
	 */
	Duration probeDelay(long now, Runnable ask) {
		this.lock.lock();
		try {
			Lease known = this.lease;
			boolean rare = now - this.lastWish >= RARE;
			this.lastWish = now;
			if (known != null && known.end() - now > 0) {
				return known.ours() ? use(known, now, ask) : Duration.ofNanos(known.end() - now);
			}
			if (rare || (known != null && known.ours() && !known.used())) {
				// so few calls that none comes in time: it must not ask for ever
				return use(new Lease(true, false, now + Nanos.of(FleetSettings.LEASE), now), now, ask);
			}
			if (this.asked == null) {
				this.asked = now;
				ask.run();
			}
			return (now - this.asked < NO_ANSWER) ? LOOK : Duration.ZERO;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Whether it is time to ask before there is a call. */
	boolean isEarly(long now) {
		this.lock.lock();
		try {
			if (this.askEarly == null || this.askEarly - now > 0) {
				return false;
			}
			this.askEarly = null;
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Whether there will be something to ask before there is a call. */
	boolean isWaiting() {
		this.lock.lock();
		try {
			return this.askEarly != null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Whether the probe goes on, so that the others must wait longer. */
	boolean isProbing(long now) {
		long timeout = Nanos.of(this.breaker.policy().halfOpen().timeout());
		this.lock.lock();
		try {
			Lease known = this.lease;
			return known != null && known.ours() && known.used() && now - known.lastUse() < timeout
					&& known.end() - now > 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Whether it probes no more, and all that did went well as far as it knows. */
	boolean hasProbed(long now) {
		this.lock.lock();
		try {
			Lease known = this.lease;
			return known != null && known.ours() && known.used() && now - known.lastUse() >= NO_MORE_CALLS;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Returns how long a lease is to be asked for. */
	Duration wantedLease() {
		this.lock.lock();
		try {
			return (this.lease != null && this.lease.used()) ? FleetSettings.LEASE : FleetSettings.UNUSED_LEASE;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Somebody may probe. */
	void leased(boolean ours, Duration duration, long now) {
		this.lock.lock();
		try {
			Lease known = this.lease;
			long end = now + Nanos.of(duration);
			this.asked = null;
			if (duration.isZero()) {
				this.lease = null;
			}
			else {
				this.lease = (ours && known != null && known.ours())
						? new Lease(true, known.used(), end, known.lastUse()) : new Lease(ours, false, end, now);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Nobody hears of the others. */
	void alone() {
		this.lock.lock();
		try {
			this.lease = null;
			this.asked = null;
		}
		finally {
			this.lock.unlock();
		}
	}

	private Duration use(Lease ours, long now, Runnable ask) {
		this.lease = new Lease(true, true, ours.end(), now);
		if (!ours.used()) {
			ask.run();
		}
		return Duration.ZERO;
	}

	/**
	 * What the others don't know yet.
	 *
	 * @param state the state
	 * @param at since when, as a reading of the ticker
	 * @param version what was known of the others then
	 */
	record Pending(SharedState state, long at, long version) {

		/** Returns how long it still lasts; {@code null} if that is not limited. */
		@Nullable Duration remaining(long now) {
			Duration remaining = this.state.remaining();
			return (remaining != null) ? Duration.ofNanos(Math.max(0, Nanos.of(remaining) - (now - this.at))) : null;
		}

		boolean goesOnTopOf(BreakerState other) {
			return switch (this.state.state()) {
				case FORCED_OPEN, DISABLED -> true;
				case OPEN ->
					other == BreakerState.OPEN || (other == BreakerState.CLOSED && this.state.reopenings() == 0);
				case CLOSED, HALF_OPEN -> false;
			};
		}

	}

	/**
	 * The right to probe.
	 *
	 * @param ours whether it is this instance that may
	 * @param used whether a call does
	 * @param end until when, as a reading of the ticker
	 * @param lastUse when a call probed last
	 */
	private record Lease(boolean ours, boolean used, long end, long lastUse) {
	}

}
