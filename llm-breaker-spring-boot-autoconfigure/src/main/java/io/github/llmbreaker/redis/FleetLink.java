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

	/**
	 * Connects.
	 * @param news told what others tell, on any thread
	 */
	void open(Consumer<FleetNews> news);

	/** Gives the connections up. */
	void drop();

	/** Gives everything up. */
	void close();

	/**
	 * Says that this instance is there, and asks who else is.
	 * @param epoch taken if there is none
	 * @return the answer
	 */
	Beat beat(String epoch);

	/**
	 * Whether the news arrive that were sent before.
	 * @param patience how long to wait for them
	 * @return whether they do
	 * @throws InterruptedException if the thread is to end
	 */
	boolean hears(Duration patience) throws InterruptedException;

	/** Returns all that the fleet knows. */
	List<FleetNews> read();

	/**
	 * Tells a change.
	 * @param name the name of the breaker
	 * @param pending the change
	 * @param now the reading of the ticker
	 * @return what has become of it
	 */
	Changing change(String name, FleetMember.Pending pending, long now);

	/**
	 * Asks for the right to probe.
	 * @param name the name of the breaker
	 * @param lease for how long
	 * @return who has it
	 */
	FleetNews.Probing claim(String name, Duration lease);

	/**
	 * Tells of calls.
	 * @param name the name of the breaker
	 * @param report the calls
	 * @param epoch the last that is known: what was told before it is there no more
	 * @return the calls of all; {@code null} if there is another epoch by now
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
