// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.actuate.endpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.breaker.Breaker;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * The last hour of all breakers as the page draws it: few characters for each of them.
 *
 * @param now the time of the server, as milliseconds of the epoch
 * @param bucketMillis how long a bucket of calls is
 * @param states the names of the states, in the order of their numbers
 * @param breakers the last hour of each breaker
 */
record PageTimelines(long now, long bucketMillis, List<String> states,
		Map<String, Hour> breakers) implements OperationResponseBody {

	static PageTimelines of(TimelineBreakerListener timelines, List<Breaker> all, long since) {
		long now = timelines.now();
		Map<String, Hour> breakers = new LinkedHashMap<>();
		for (Breaker breaker : all) {
			BreakerTimeline timeline = timelines.get(breaker);
			breakers.put(breaker.name(), new Hour(timeline.states(now), timeline.calls(now, since)));
		}
		return new PageTimelines(now, BreakerTimeline.BUCKET_MILLIS,
				Stream.of(BreakerState.values()).map(BreakerState::name).toList(), breakers);
	}

	/**
	 * The last hour of a breaker.
	 *
	 * @param states when its state changed, and to which
	 * @param calls the beginning of a bucket, calls that succeeded, failed, were neutral
	 * and were rejected
	 */
	record Hour(List<long[]> states, List<long[]> calls) {
	}

}
