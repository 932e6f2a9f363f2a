// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * What keeps the instances of a fleet together, for one thread: each method waits for the
 * answer, and throws when there is none.
 */
interface FleetLink {

	/** Connects. What others tell is handed on by any thread. */
	void open(Consumer<FleetNews> news);

	/** Gives the connections up. */
	void drop();

	/** Gives everything up. */
	void close();

	/** Says that this instance is there. The epoch is taken if there is none. */
	Beat beat(String epoch);

	/**
	 * Whether the news arrive that were sent before; waits for them no longer than so.
	 */
	boolean hears(Duration patience) throws InterruptedException;

	/** Returns all that the fleet knows. */
	List<FleetNews> read();

	/** Tells a change of a breaker, and returns what has become of it. */
	Changing change(String name, FleetMember.Pending pending, long now);

	/** Asks for the right to probe, and returns who has it. */
	FleetNews.Probing claim(String name, Duration lease);

	/**
	 * Tells of calls, and returns those of all instances. What was told in another epoch
	 * is there no more: {@code null} if it is not the last one any longer.
	 */
	@Nullable Sum tell(String name, FleetCounts.Report report, String epoch);

	/** Says that this instance goes. */
	void leave();

	/**
	 * What an instance learns when it says that it is there.
	 *
	 * @param epoch changes when Redis was emptied
	 * @param version of the last change
	 * @param millis what time it is
	 * @param instances who is there
	 */
	record Beat(String epoch, long version, long millis, List<String> instances) {
	}

	/**
	 * What has become of a change.
	 *
	 * @param version its version if the others take it over
	 * @param better what the others know better; {@code null} if they take it over
	 */
	record Changing(long version, FleetNews.@Nullable Changed better) {
	}

	/**
	 * The calls of all instances.
	 *
	 * @param millis what time it is
	 * @param watched for how many milliseconds all have been telling of theirs; negative
	 * if they are not
	 * @param calls the calls by when they began
	 */
	record Sum(long millis, long watched, Map<Long, FleetCounts.Count> calls) {
	}

}
