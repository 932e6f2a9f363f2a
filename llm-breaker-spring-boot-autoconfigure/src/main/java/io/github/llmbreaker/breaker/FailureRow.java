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
 */
record FailureRow(int number, long start, OpeningRule.@Nullable Call ended) {

	int length() {
		return (this.ended == null) ? this.number : 0;
	}

	@Nullable FailureRow endedBy(OpeningRule.Call call) {
		return (this.ended == null || this.ended == call) ? new FailureRow(this.number, this.start, call) : null;
	}

	FailureRow failed(OpeningRule.Call call) {
		return (this.ended == null || this.ended == call) ? new FailureRow(this.number + 1, this.start, null)
				: new FailureRow(1, call.start(), null);
	}

}
