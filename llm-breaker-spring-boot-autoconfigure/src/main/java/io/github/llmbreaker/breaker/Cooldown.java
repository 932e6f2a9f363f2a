// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.function.DoubleSupplier;

import org.jspecify.annotations.Nullable;

/**
 * How long a breaker stays open this time.
 */
final class Cooldown {

	private final BreakerView breaker;

	private final DoubleSupplier random;

	Cooldown(BreakerView breaker, DoubleSupplier random) {
		this.breaker = breaker;
		this.random = random;
	}

	/**
	 * Returns the nanoseconds to stay open.
	 * @param reopenings how often it opened again after the first time
	 * @param outage what has become of calls since the first time
	 * @param hint the wait the provider asks for
	 * @return at least the hint, at most the cap
	 */
	long nanos(int reopenings, Outage outage, @Nullable Duration hint) {
		CooldownPolicy policy = policy();
		double longest = Nanos.of(policy.base()) * Math.pow(policy.multiplier(), reopenings);
		double own = switch (policy.strategy()) {
			case FIXED -> longest;
			case ADAPTIVE -> Math.min(longest, Math.max(Nanos.of(policy.min()), outage.balance()));
		} * jitter();
		return Math.max(1, Math.min(cap(), Math.max((long) own, hintNanos(hint))));
	}

	/**
	 * Returns the nanoseconds of a wait hint that comes while already open.
	 * @param since how long it has been open
	 * @param hint the wait the provider asks for from now on
	 * @return the nanoseconds to stay open in total; at most the cap
	 */
	long extendedNanos(long since, @Nullable Duration hint) {
		long asked = hintNanos(hint);
		return (asked > 0) ? Math.min(cap(), since + asked) : 0;
	}

	/**
	 * Returns the nanoseconds of a wait that others ask for.
	 * @param wait the wait
	 * @return at most the cap
	 */
	long cappedNanos(Duration wait) {
		return Math.min(cap(), Nanos.of(wait));
	}

	private long hintNanos(@Nullable Duration hint) {
		return (hint != null && policy().respectRetryAfter() && !hint.isNegative()) ? Nanos.of(hint) : 0;
	}

	private double jitter() {
		double jitter = policy().jitter();
		return (jitter > 0) ? 1 + jitter * (2 * this.random.getAsDouble() - 1) : 1;
	}

	private CooldownPolicy policy() {
		return this.breaker.policy().cooldown();
	}

	private long cap() {
		return Nanos.of(policy().max());
	}

	/**
	 * How long a model has been dead, as far as is known.
	 *
	 * @param nanos the time since the first failure
	 * @param asked the calls that failed or were rejected since then
	 */
	record Outage(long nanos, long asked) {

		static final Outage NONE = new Outage(0, 0);

		/**
		 * Returns the time that balances the calls wasted on probes against those lost
		 * after a recovery: sqrt(2 x time open / calls per second).
		 */
		double balance() {
			return this.nanos * Math.sqrt(2.0 / Math.max(1, this.asked));
		}

	}

}
