// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

import org.jspecify.annotations.Nullable;

/**
 * Bounds the retries of one target: to a share of its calls of the last ten seconds, or
 * to as many as there are seconds if that is more; one in each second is always allowed.
 * No call waits for another.
 */
final class RetryBudget {

	/** Over how many seconds calls and retries are counted, the current one included. */
	private static final int SECONDS = 10;

	private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

	private final double percentage;

	private final long start;

	private final Counts calls;

	private final Counts retries;

	private RetryBudget(double percentage, long start, Counts calls, Counts retries) {
		this.percentage = percentage;
		this.start = start;
		this.calls = calls;
		this.retries = retries;
	}

	/**
	 * Creates a budget that nothing has been taken from.
	 * @param policy when calls are tried again
	 * @param now the reading of the ticker
	 * @return the budget; {@code null} if there is nothing to bound
	 */
	static @Nullable RetryBudget of(RetryPolicy policy, long now) {
		return (policy.maxRetries() > 0 && policy.budget() > 0)
				? new RetryBudget(policy.budget(), now, new Counts(), new Counts()) : null;
	}

	/**
	 * Creates a budget that as much has been taken from as from another one.
	 * @param before the other one; {@code null} if there is none
	 * @param policy when calls are tried again
	 * @param now the reading of the ticker
	 * @return the budget; {@code null} if there is nothing to bound
	 */
	static @Nullable RetryBudget after(@Nullable RetryBudget before, RetryPolicy policy, long now) {
		RetryBudget fresh = of(policy, now);
		return (fresh != null && before != null)
				? new RetryBudget(fresh.percentage, before.start, before.calls, before.retries) : fresh;
	}

	/**
	 * A call begins that is no retry.
	 * @param now the reading of the ticker
	 */
	void called(long now) {
		this.calls.add(second(now));
	}

	/**
	 * Takes one retry out of the budget.
	 * @param now the reading of the ticker
	 * @return whether there was one left
	 */
	boolean take(long now) {
		long second = second(now);
		while (true) {
			// read before the sum: who has taken one in the meantime makes it look again
			long seen = this.retries.slot(second);
			if (Counts.in(seen, second) > 0 && this.retries.sum(second) >= allowed(second)) {
				return false;
			}
			if (this.retries.add(second, seen)) {
				return true;
			}
		}
	}

	private long allowed(long second) {
		return Math.max(SECONDS, (long) (this.calls.sum(second) * this.percentage / 100));
	}

	private long second(long now) {
		return (now - this.start) / SECOND_NANOS + 1;
	}

	/**
	 * Counts by seconds, of which only the last ones are kept. Each slot says which
	 * second it counts, so that none has to be emptied.
	 */
	private static final class Counts {

		private static final int COUNT_BITS = 28;

		private static final long COUNT = (1L << COUNT_BITS) - 1;

		private final AtomicLongArray slots = new AtomicLongArray(SECONDS);

		void add(long second) {
			long seen = slot(second);
			while (!add(second, seen)) {
				seen = slot(second);
			}
		}

		/** Returns whether the slot still was as seen. */
		boolean add(long second, long seen) {
			// a thread that was held up counts in the second that has taken the slot
			long counted = ((seen >>> COUNT_BITS) >= second) ? seen : second << COUNT_BITS;
			long next = ((counted & COUNT) < COUNT) ? counted + 1 : counted;
			return this.slots.compareAndSet(index(second), seen, next);
		}

		long slot(long second) {
			return this.slots.get(index(second));
		}

		long sum(long second) {
			long sum = 0;
			for (int i = 0; i < SECONDS; i++) {
				sum += in(this.slots.get(i), second - SECONDS + 1);
			}
			return sum;
		}

		/** Returns what a slot counts unless it is older than a second. */
		static long in(long slot, long oldest) {
			return ((slot >>> COUNT_BITS) >= oldest) ? slot & COUNT : 0;
		}

		private static int index(long second) {
			return (int) (second % SECONDS);
		}

	}

}
