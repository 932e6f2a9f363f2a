// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.util.List;

import io.github.llmbreaker.CallOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Decides from the calls of one closed period of a breaker whether it opens. Knows
 * nothing of breakers, permits and states: it is told what the calls do, on their
 * threads, and must be quick. A call that was let in ends in exactly one of three ways,
 * unless the period is over before. A failure may be told of a call that another period
 * or another breaker has let in.
 * <p>
 * A new rule is a class of its own and its line in {@link OpeningRules}.
 */
interface OpeningRule {

	/**
	 * A call was let in.
	 * @param now the reading of the ticker
	 * @return the calls it is judged with, to be kept by the call
	 */
	Cohort began(long now);

	/**
	 * A call that goes on has shown that there is life at the other end: the head of a
	 * good answer, or the first content of a stream. Told once.
	 * @param call the call
	 * @param now the reading of the ticker
	 * @return whether to open: it may have been slow
	 */
	boolean alive(Call call, long now);

	/**
	 * A call has ended well.
	 * @param call the call
	 * @param now the reading of the ticker
	 * @return whether to open: it may have been slow
	 */
	boolean succeeded(Call call, long now);

	/**
	 * A call has failed.
	 * @param call the call
	 * @param outcome how, as judged
	 * @param now the reading of the ticker
	 * @return whether it was counted, and whether to open
	 */
	Verdict failed(Call call, CallOutcome outcome, long now);

	/**
	 * Returns what other instances should know.
	 * @param period which period it is
	 * @return its calls by when they began
	 */
	default SharedCalls share(long period) {
		return new SharedCalls(period, false, List.of());
	}

	/**
	 * Other instances have told of their calls: they count as if they were of this one.
	 * @param others all that they have told so far
	 * @param now the reading of the ticker
	 * @return whether to open: failures that were told of here have become too many
	 */
	default boolean heard(SharedCalls others, long now) {
		return false;
	}

	/**
	 * A call has ended in a way that says nothing, or did not take place.
	 * @param call the call
	 * @param now the reading of the ticker
	 */
	void neutral(Call call, long now);

	/**
	 * Whether it was told of a proof of life after some time.
	 * @param time a reading of the ticker
	 * @return whether a call has ended well since then, or has shown that it will
	 */
	boolean hasLifeSince(long time);

	/**
	 * Returns the failures in a row that have led to now.
	 * @return {@code null} where the rule does not know
	 */
	default @Nullable FailureRow row() {
		return null;
	}

	/**
	 * Whether most answers that have begun of late were none in the end.
	 * @return whether the first content of a stream proves nothing
	 */
	default boolean doStreamsBreak() {
		return false;
	}

	/**
	 * Returns the counted failures of the whole period.
	 * @return their number
	 */
	int failures();

	/**
	 * Returns what it has decided by.
	 * @return the numbers; {@code null} unless it has said to open
	 */
	default @Nullable Decision decision() {
		return null;
	}

	/**
	 * Whether it remembers a failure that may still count.
	 * @param now the reading of the ticker
	 * @return whether a breaker that is made anew would judge otherwise
	 */
	boolean holdsFailures(long now);

	/**
	 * Returns the numbers it judges by.
	 * @param now the reading of the ticker
	 * @return the calls in its window
	 */
	BreakerSnapshot.Window window(long now);

	/**
	 * A call as a rule sees it.
	 */
	interface Call {

		/**
		 * Returns when it began.
		 * @return the reading of the ticker
		 */
		long start();

		/**
		 * Whether it has shown that there is life at the other end.
		 * @return whether {@link OpeningRule#alive} was told
		 */
		boolean isAlive();

		/**
		 * Returns the calls it is judged with.
		 * @return what {@link OpeningRule#began} has returned, maybe of another rule;
		 * {@code null} if no rule was told of its beginning
		 */
		@Nullable Cohort cohort();

	}

	/**
	 * A moment in the life of a call that may be late.
	 */
	enum Moment {

		/** The first content of a stream. */
		CONTENT,

		/** The end of a stream. */
		STREAM_END,

		/** The end of any other answer. */
		END

	}

	/**
	 * What a failure comes to.
	 */
	enum Verdict {

		/** It counts. */
		COUNTED,

		/** It counts, and was one too many. */
		OPEN,

		/** Another call has decided already. */
		TOO_LATE

	}

	/**
	 * Makes the rule of each closed period of one breaker. What a rule learns over
	 * several periods is kept here.
	 */
	@FunctionalInterface
	interface Series {

		/**
		 * Whether a call is slow that probes a breaker opened by slow ones.
		 * @param nanos how long it has taken
		 * @param moment up to when
		 * @return whether it is
		 */
		default boolean isSlow(long nanos, Moment moment) {
			return false;
		}

		/**
		 * Judges by another policy from now on, without forgetting what was learned.
		 * @param policy the policy
		 * @param current the rule of the present period; {@code null} unless closed
		 * @param now the reading of the ticker
		 */
		default void change(BreakerPolicy policy, @Nullable OpeningRule current, long now) {
		}

		/**
		 * Returns the rule of the next period.
		 * @param start when it begins, as a reading of the ticker
		 * @return a rule that was told nothing yet
		 */
		OpeningRule next(long start);

	}

}
