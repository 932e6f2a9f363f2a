// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import org.jspecify.annotations.Nullable;

/**
 * What the events of one API mean. A document is read as one event.
 */
interface AnswerEvents {

	/**
	 * Returns the places of an event to watch.
	 * @return the places; the same object every time
	 */
	AnswerFields fields();

	/**
	 * Reads one event that reports no error.
	 * @param name the name beside the data; {@code null} if it has none
	 * @param json what the data says
	 * @param progress takes what the event means
	 */
	void read(@Nullable String name, JsonSkimmer json, AnswerProgress progress);

	/** Whether a stream can be a JSON array. */
	default boolean isArrayStream() {
		return false;
	}

}
