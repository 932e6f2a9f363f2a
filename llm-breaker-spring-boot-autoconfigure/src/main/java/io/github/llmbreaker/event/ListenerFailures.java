/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
