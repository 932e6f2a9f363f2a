// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * What a fleet is built from.
 *
 * @param namespace what instances share that belong together
 * @param instance the id of this instance
 */
record FleetSettings(String namespace, String instance) {

	/** How often an instance says that it is there. */
	static final Duration BEAT = Duration.ofSeconds(2);

	/** Who has been silent for so long is gone. */
	static final Duration SILENCE = Duration.ofSeconds(10);

	/** How long Redis may take to answer before each instance goes on alone. */
	static final Duration PATIENCE = Duration.ofSeconds(2);

	/** How long a prober keeps the others waiting without a sign of life. */
	static final Duration LEASE = Duration.ofSeconds(10);

	/** The same for one that may probe but has no call yet. */
	static final Duration UNUSED_LEASE = Duration.ofSeconds(2);

	/** How often an instance tells of calls at most. */
	static final Duration BATCH = Duration.ofMillis(200);

	/** How old calls may be that still count. */
	static final Duration JUDGED = Duration.ofHours(1);

	/** How long keys stay when no instance is left. */
	static final Duration KEEP = Duration.ofDays(7);

	/** How long it is known that a breaker has closed. */
	static final Duration REMEMBER = Duration.ofHours(1);

	/** Most breakers of one fleet; further ones are each instance's own. */
	static final int MOST_BREAKERS = 10_000;

	FleetSettings {
		Assert.hasText(namespace, "'namespace' must not be empty");
	}

	String key(String name) {
		return "llm-breaker:{" + this.namespace + "}:" + name;
	}

	/** Returns the channel of all; channels are those of all databases. */
	String news(int database) {
		return key("news:" + database);
	}

	/** Returns the channel on which this instance hears itself. */
	String echo() {
		return key("echo:" + this.instance);
	}

}
