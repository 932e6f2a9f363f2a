// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.stream;

import io.github.llmbreaker.provider.error.AnswerFields;
import io.github.llmbreaker.provider.json.JsonSkimmer;
import org.jspecify.annotations.Nullable;

/**
 * What the events of one API mean. A document is read as one event.
 *
 * @since 0.1.0
 */
public interface AnswerEvents {

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

	/**
	 * Whether an event or document holds anything that answers of this API consist of.
	 * @param json what it says
	 * @return {@code true} where that is not known
	 */
	default boolean hasResult(JsonSkimmer json) {
		return true;
	}

	/**
	 * Whether every document has to hold a result: answers are text, and nothing else.
	 */
	default boolean needsResult() {
		return false;
	}

	/** Whether a stream can be a JSON array. */
	default boolean isArrayStream() {
		return false;
	}

}
