// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import org.jspecify.annotations.Nullable;

/**
 * Failures in a row.
 *
 * @param number how many
 * @param start when the first of them began
 * @param ended the call that has ended it by a proof of life: taken back if it fails
 * after all; {@code null} as long as it goes on
 * @param longest how long the one took that took longest
 */
record FailureRow(int number, long start, OpeningRule.@Nullable Call ended, long longest) {

	/** Returns the row that a failure begins. */
	static FailureRow of(long start, long nanos) {
		return new FailureRow(1, start, null, nanos);
	}

	int length() {
		return (this.ended == null) ? this.number : 0;
	}

	/** Returns what has become of calls since the first of them began. */
	Cooldown.Outage outage(long now) {
		return (length() > 0) ? new Cooldown.Outage(now - this.start, length()) : Cooldown.Outage.NONE;
	}

	@Nullable FailureRow endedBy(OpeningRule.Call call) {
		return (this.ended == null || this.ended == call) ? new FailureRow(this.number, this.start, call, this.longest)
				: null;
	}

	/** Returns the row of which a failure is the last one. */
	static FailureRow after(@Nullable FailureRow before, OpeningRule.Call call, long nanos) {
		return (before != null && (before.ended == null || before.ended == call))
				? new FailureRow(before.number + 1, before.start, null, Math.max(before.longest, nanos))
				: of(call.start(), nanos);
	}

}
