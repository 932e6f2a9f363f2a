// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.actuate.endpoint;

import java.time.Instant;
import java.util.List;

import io.github.llmbreaker.BreakerState;

/**
 * The last hour of a breaker.
 *
 * @param bucketMillis how long a bucket of calls is
 * @param states since when it has been in which state, oldest first; the first may have
 * begun before the hour
 * @param calls what became of the calls, buckets with calls only, oldest first
 * @since 0.1.0
 */
public record HistoryDescriptor(long bucketMillis, List<StateSince> states, List<Bucket> calls) {

	private static final BreakerState[] STATES = BreakerState.values();

	static HistoryDescriptor of(BreakerTimeline timeline, long now) {
		return new HistoryDescriptor(BreakerTimeline.BUCKET_MILLIS,
				timeline.states(now)
					.stream()
					.map((change) -> new StateSince(text(change[0]), STATES[(int) change[1]]))
					.toList(),
				timeline.calls(now, 0)
					.stream()
					.map((bucket) -> new Bucket(text(bucket[0]), bucket[1], bucket[2], bucket[3], bucket[4]))
					.toList());
	}

	private static String text(long millis) {
		return BreakerDescriptor.text(Instant.ofEpochMilli(millis));
	}

	/**
	 * A state and its beginning.
	 *
	 * @param at since when
	 * @param state the state
	 * @since 0.1.0
	 */
	public record StateSince(String at, BreakerState state) {
	}

	/**
	 * Calls that ended in the same minute, or were rejected.
	 *
	 * @param at the beginning of the minute
	 * @param succeeded ended well
	 * @param failed counted as failures
	 * @param neutral ended in a way that says nothing about the target
	 * @param rejected were rejected, or would have been in observe mode
	 * @since 0.1.0
	 */
	public record Bucket(String at, long succeeded, long failed, long neutral, long rejected) {
	}

}
