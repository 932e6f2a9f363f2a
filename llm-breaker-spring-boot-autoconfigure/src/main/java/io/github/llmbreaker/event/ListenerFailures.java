// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.event;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what listeners throw, once for each of them.
 */
final class ListenerFailures {

	private static final Logger logger = LoggerFactory.getLogger(ListenerFailures.class);

	private final Set<String> known = ConcurrentHashMap.newKeySet();

	/**
	 * Logs a failure, unless this listener has failed before.
	 * @param listener says which one
	 * @param failure what it threw
	 */
	void log(String listener, Throwable failure) {
		if (this.known.add(listener)) {
			logger.warn("{} failed; its further failures are not logged", listener, failure);
		}
	}

}
