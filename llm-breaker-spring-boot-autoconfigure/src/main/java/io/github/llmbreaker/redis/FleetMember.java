// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

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

	/** Who has so few calls that leave would come for none of them probes without. */
	private static final long RARE = Duration.ofSeconds(5).toNanos();

	/** Who has no more calls after one that went well has probed enough. */
	private static final long NO_MORE_CALLS = Duration.ofSeconds(2).toNanos();

	private final SharedBreaker breaker;

	private final FleetCounts counts = new FleetCounts();

	private final ReentrantLock lock = new ReentrantLock();

	/** What the others don't know yet; later news take its place. */
	private @Nullable Pending pending;

	private @Nullable Lease lease;

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
		locked(() -> {
			this.pending = new Pending(state, now, this.version);
			this.lastWish = now;
			this.askEarly = (state.state() == BreakerState.OPEN && state.remaining() != null)
					? now + Math.max(0, Nanos.of(state.remaining()) - 4 * LOOK.toNanos()) : null;
			forgetLease();
		});
	}

	/** Returns what to tell, once. */
	@Nullable Pending takePending() {
		return locked(() -> {
			Pending taken = this.pending;
			this.pending = null;
			return taken;
		});
	}

	/** It could not be told. */
	void putBack(Pending untold) {
		locked(() -> {
			if (this.pending == null) {
				this.pending = untold;
			}
		});
	}

	/** What was told is known to all. */
	void told(long version) {
		locked(() -> {
			this.version = Math.max(this.version, version);
		});
	}

	/** Others have found something out, which may be known already. */
	void hear(FleetNews.Changed news, long now) {
		hear(news, 1, now);
	}

	/** What is told was refused, because others know better. */
	void correct(FleetNews.Changed news, long now) {
		hear(news, 0, now);
	}

	private void hear(FleetNews.Changed news, int newer, long now) {
		if (locked(() -> news.version() - this.version >= newer && givesWayTo(news, now))) {
			this.breaker.adopt(news.state());
			told(news.version());
		}
	}

	/** Unless what is found out here goes on top. To be called under the lock. */
	private boolean givesWayTo(FleetNews.Changed news, long now) {
		forgetLease();
		this.lastWish = now;
		if (this.pending != null && this.pending.goesOnTopOf(news.state().state())) {
			this.pending = new Pending(this.pending.state(), this.pending.at(), news.version());
			this.version = news.version();
			return false;
		}
		this.pending = null;
		return true;
	}

	/** Redis was emptied: its versions begin anew. */
	void startAnew(long now) {
		SharedState state = this.breaker.share();
		this.counts.forget();
		locked(() -> {
			this.version = 0;
			forgetLease();
			Pending untold = this.pending;
			if (untold != null) {
				this.pending = new Pending(untold.state(), untold.at(), 0);
			}
			else if (state.state() != BreakerState.CLOSED && state.state() != BreakerState.HALF_OPEN) {
				this.pending = new Pending(state, now, 0);
			}
		});
	}

	/** Whether it holds what only the others can end, and they don't know of it. */
	boolean isForgotten() {
		SharedState state = this.breaker.share();
		return locked(() -> this.pending == null && this.version > 0 && state.remaining() == null
				&& (state.state() == BreakerState.FORCED_OPEN || state.state() == BreakerState.DISABLED));
	}

	/**
	 * Asks on the thread of a call whether it may probe.
	 * @param now the reading of the ticker
	 * @param ask what asks the others, without waiting
	 * @return zero if it may
	 */
	Duration probeDelay(long now, Runnable ask) {
		return locked(() -> {
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
		});
	}

	/** Whether it is time to ask before there is a call. */
	boolean isEarly(long now) {
		return locked(() -> {
			boolean early = this.askEarly != null && this.askEarly - now <= 0;
			this.askEarly = early ? null : this.askEarly;
			return early;
		});
	}

	/** Whether there will be something to ask before there is a call. */
	boolean isWaiting() {
		return locked(() -> this.askEarly != null);
	}

	/** Whether the probe goes on, so that the others must wait longer. */
	boolean isProbing(long now) {
		long timeout = Nanos.of(this.breaker.policy().halfOpen().timeout());
		return locked(() -> this.lease != null && this.lease.isInUse() && now - this.lease.lastUse() < timeout
				&& this.lease.end() - now > 0);
	}

	/** Whether it probes no more, and all that did went well as far as it knows. */
	boolean hasProbed(long now) {
		return locked(() -> this.lease != null && this.lease.isInUse() && now - this.lease.lastUse() >= NO_MORE_CALLS);
	}

	/** Returns how long a lease is to be asked for. */
	Duration wantedLease() {
		return locked(
				() -> (this.lease != null && this.lease.used()) ? FleetSettings.LEASE : FleetSettings.UNUSED_LEASE);
	}

	/** Somebody may probe. */
	void leased(boolean ours, Duration duration, long now) {
		locked(() -> {
			Lease known = this.lease;
			long end = now + Nanos.of(duration);
			forgetLease();
			if (!duration.isZero()) {
				this.lease = (ours && known != null && known.ours())
						? new Lease(true, known.used(), end, known.lastUse()) : new Lease(ours, false, end, now);
			}
		});
	}

	/** Nobody hears of the others. */
	void alone() {
		locked(this::forgetLease);
	}

	private void forgetLease() {
		this.lease = null;
		this.asked = null;
	}

	private Duration use(Lease ours, long now, Runnable ask) {
		this.lease = new Lease(true, true, ours.end(), now);
		if (!ours.used()) {
			ask.run();
		}
		return Duration.ZERO;
	}

	private void locked(Runnable action) {
		locked(() -> {
			action.run();
			return null;
		});
	}

	private <T extends @Nullable Object> T locked(Supplier<T> action) {
		this.lock.lock();
		try {
			return action.get();
		}
		finally {
			this.lock.unlock();
		}
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

		boolean isInUse() {
			return this.ours && this.used;
		}

	}

}
