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
 * Takes the events of a stream: the data in slices, then the end of the event.
 */
interface EventSink extends ByteSink {

	/** Name of an event that came as the non-standard SSE field {@code error}. */
	String ERROR_FIELD = "error:";

	/** What the names of exceptions in an AWS event stream start with. */
	String EXCEPTION_PREFIX = "exception:";

	/** What the names of errors in an AWS event stream start with. */
	String ERROR_PREFIX = "error:";

	/**
	 * Reads the next slice of the current event's data, cut anywhere.
	 */
	@Override
	void onBytes(byte[] bytes, int from, int to);

	/**
	 * The current event is complete; what follows belongs to the next one.
	 * @param name its name: the value of the SSE field {@code event};
	 * {@link #ERROR_FIELD}; in an AWS event stream the event type,
	 * {@link #EXCEPTION_PREFIX} with the exception type or {@link #ERROR_PREFIX} with the
	 * error code; {@code null} if it has none
	 */
	void onEvent(@Nullable String name);

}
