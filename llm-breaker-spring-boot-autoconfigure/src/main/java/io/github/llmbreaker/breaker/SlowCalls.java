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

	private volatile long limitNanos;

	private volatile @Nullable Usual answers;

	private volatile @Nullable Usual contents;

	SlowCalls(BreakerPolicy policy) {
		change(policy);
	}

	/** What is usual stays known. */
	void change(BreakerPolicy policy) {
		this.limitNanos = (policy.slowCallDuration() != null) ? Nanos.of(policy.slowCallDuration()) : Long.MAX_VALUE;
		this.answers = usual(this.answers, policy.slowCallFactor());
		this.contents = usual(this.contents, policy.slowCallFactor());
	}

	private static @Nullable Usual usual(@Nullable Usual before, @Nullable Double factor) {
		if (factor == null || (before != null && before.factor == factor)) {
			return (factor != null) ? before : null;
		}
		Usual usual = new Usual(factor);
		if (before != null) {
			usual.known = before.known;
			usual.nanos = before.nanos;
		}
		return usual;
	}

	/** Whether an answer that was no stream was slow, or a call that failed. */
	boolean isSlowAnswer(long nanos) {
		Usual usual = this.answers;
		return nanos > this.limitNanos || (usual != null && usual.isExceeded(nanos));
	}

	/** Whether the first content of a stream was slow. */
	boolean isSlowContent(long nanos) {
		Usual usual = this.contents;
		return usual != null && usual.isExceeded(nanos);
	}

	/** Whether a stream was slow as a whole. */
	boolean isSlowStream(long nanos) {
		return nanos > this.limitNanos;
	}

	void learnAnswer(long nanos) {
		Usual usual = this.answers;
		if (usual != null) {
			usual.learn(nanos);
		}
	}

	void learnContent(long nanos) {
		Usual usual = this.contents;
		if (usual != null) {
			usual.learn(nanos);
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
