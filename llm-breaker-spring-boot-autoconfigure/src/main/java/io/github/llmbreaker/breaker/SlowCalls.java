// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import org.jspecify.annotations.Nullable;

/**
 * Knows which calls of one breaker are slow: by a duration that is set, or against what
 * is usual for it. Streams are compared by their first content, answers by their end.
 * What is usual is learned from calls that go well; counts may get lost between threads,
 * which is no harm.
 */
final class SlowCalls {

	private final long limitNanos;

	private final @Nullable Usual answers;

	private final @Nullable Usual contents;

	SlowCalls(BreakerPolicy policy) {
		this.limitNanos = (policy.slowCallDuration() != null) ? Nanos.of(policy.slowCallDuration()) : Long.MAX_VALUE;
		Double factor = policy.slowCallFactor();
		this.answers = (factor != null) ? new Usual(factor) : null;
		this.contents = (factor != null) ? new Usual(factor) : null;
	}

	/** Whether an answer that was no stream was slow, or a call that failed. */
	boolean isSlowAnswer(long nanos) {
		return nanos > this.limitNanos || (this.answers != null && this.answers.isExceeded(nanos));
	}

	/** Whether the first content of a stream was slow. */
	boolean isSlowContent(long nanos) {
		return this.contents != null && this.contents.isExceeded(nanos);
	}

	/** Whether a stream was slow as a whole. */
	boolean isSlowStream(long nanos) {
		return nanos > this.limitNanos;
	}

	void learnAnswer(long nanos) {
		if (this.answers != null) {
			this.answers.learn(nanos);
		}
	}

	void learnContent(long nanos) {
		if (this.contents != null) {
			this.contents.learn(nanos);
		}
	}

	/**
	 * A duration as it is usual.
	 */
	private static final class Usual {

		/** From how many calls it is known. */
		private static final int KNOWN = 20;

		/** Over how many calls it is averaged once it is known. */
		private static final double MEMORY = 100;

		/** A single call counts as so many times the usual at most. */
		private static final double GREATEST = 2;

		/** Slow calls count this much less: what is usual does not follow an outage. */
		private static final double RELUCTANCE = 10;

		private final double factor;

		private volatile int known;

		private volatile double nanos;

		Usual(double factor) {
			this.factor = factor;
		}

		boolean isExceeded(long nanos) {
			return this.known >= KNOWN && nanos > this.factor * this.nanos;
		}

		void learn(long nanos) {
			int known = this.known;
			double usual = this.nanos;
			if (known < KNOWN) {
				this.nanos = usual + (nanos - usual) / (known + 1);
				this.known = known + 1;
			}
			else {
				double weight = isExceeded(nanos) ? MEMORY * RELUCTANCE : MEMORY;
				this.nanos = usual + (Math.min(nanos, GREATEST * usual) - usual) / weight;
			}
		}

	}

}
