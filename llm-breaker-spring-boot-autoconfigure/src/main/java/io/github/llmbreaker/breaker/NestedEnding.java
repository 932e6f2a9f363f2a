// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.util.Objects;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import org.jspecify.annotations.Nullable;

/**
 * How far the end of a call has come inside of which other calls were made. A method that
 * returns while its answer still runs has not succeeded yet: the last one ends it.
 *
 * @param running how many of the calls inside have not ended
 * @param own how the call itself ended; {@code null} while it runs
 * @param inside what the calls inside know; {@code null} if none of the same target has
 * ended
 * @param partitioned whether one of the calls inside was one of a partition
 */
record NestedEnding(int running, @Nullable CallOutcome own, @Nullable CallOutcome inside, boolean partitioned) {

	static final NestedEnding FIRST = new NestedEnding(1, null, null, false);

	NestedEnding entered() {
		return new NestedEnding(this.running + 1, this.own, this.inside, this.partitioned);
	}

	NestedEnding left(@Nullable CallOutcome outcome, boolean part) {
		return new NestedEnding(this.running - 1, this.own,
				(outcome == null || isOurDoing(outcome)) ? this.inside : moreTelling(this.inside, outcome),
				this.partitioned || part);
	}

	NestedEnding completed(CallOutcome outcome) {
		return new NestedEnding(this.running, (this.inside != null) ? this.inside : outcome, this.inside,
				this.partitioned);
	}

	/** Whether nothing of the call runs any more. */
	boolean isLast() {
		return this.running == 0 && this.own != null;
	}

	/** Returns how the call went, once it has ended: the innermost knowledge wins. */
	CallOutcome outcome() {
		return (this.inside != null) ? this.inside : Objects.requireNonNull(this.own);
	}

	/** Who has waited too long cancels what runs inside: that is no news. */
	private boolean isOurDoing(CallOutcome inside) {
		return inside.kind() == OutcomeKind.CANCELLED && this.own != null && this.own.kind() == OutcomeKind.TIMEOUT;
	}

	/** Neutral outcomes tell less than others. */
	static boolean isTelling(CallOutcome outcome) {
		return outcome.countsAsFailure() || outcome.kind() == OutcomeKind.SUCCESS;
	}

	/** Among equals the later one tells more. */
	private static CallOutcome moreTelling(@Nullable CallOutcome earlier, CallOutcome later) {
		return (earlier != null && isTelling(earlier) && !isTelling(later)) ? earlier : later;
	}

}
