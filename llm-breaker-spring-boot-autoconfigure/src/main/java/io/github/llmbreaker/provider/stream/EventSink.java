// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.stream;

import io.github.llmbreaker.provider.json.ByteSink;
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
	 * The current event is complete; what follows belongs to the next one.
	 * @param name its name: the value of the SSE field {@code event};
	 * {@link #ERROR_FIELD}; in an AWS event stream the event type,
	 * {@link #EXCEPTION_PREFIX} with the exception type or {@link #ERROR_PREFIX} with the
	 * error code; {@code null} if it has none
	 */
	void onEvent(@Nullable String name);

}
