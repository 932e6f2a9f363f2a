// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.util.ClassUtils;

/**
 * Connections to the Redis of the application.
 */
interface FleetConnections {

	/**
	 * Returns connections like those of the application: its own, or, with Lettuce, such
	 * that give up soon and are made anew at once.
	 * @param factory the application's
	 * @return the connections
	 */
	static FleetConnections of(RedisConnectionFactory factory) {
		boolean lettuce = ClassUtils.isPresent("io.lettuce.core.RedisClient", FleetConnections.class.getClassLoader());
		FleetConnections own = lettuce ? LettuceFleetConnections.like(factory) : null;
		return (own != null) ? own : () -> factory;
	}

	/** Returns what makes connections, until {@link #drop()}. */
	RedisConnectionFactory open();

	/** Returns the database; channels, unlike keys, are those of all databases. */
	default int database() {
		return 0;
	}

	/** Forgets connections that may be dead. Returns whether they are closed by that. */
	default boolean drop() {
		return false;
	}

	/** Gives up all that it holds. */
	default void close() {
		drop();
	}

}
