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
