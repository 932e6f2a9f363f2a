// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.io.IOException;
import java.io.InputStream;

import io.github.llmbreaker.provider.HeaderLookup;
import org.jspecify.annotations.Nullable;

/**
 * What a blocking HTTP client does for a {@link BlockingExchange}. Made for one request,
 * which it can send several times, one after the other.
 *
 * @param <A> the client's answer
 * @since 0.1.0
 */
public interface HttpAdapter<A> {

	/** Returns how the request is made. */
	String method();

	/**
	 * Sends the request and waits for the head of the answer.
	 * @return the answer; {@code null} if something of the application's gave none
	 * @throws IOException if there is no answer
	 */
	@Nullable A send(Attempt attempt, RequestRoute route) throws IOException;

	/**
	 * Nobody waits any more for the answer that {@link #send} is waiting for in another
	 * thread, which is interrupted as well.
	 */
	default void abort() {
	}

	/** Returns the status; may have to wait for it. */
	int status(A answer) throws IOException;

	/**
	 * Whether the answer is not what the provider gave to the request, because something
	 * has followed a redirect with another one.
	 */
	default boolean isDiverted(A answer) {
		return false;
	}

	/** Returns the headers. */
	HeaderLookup headers(A answer);

	/**
	 * Opens the body.
	 * @param watch who watches it; {@code null} if nobody does
	 * @return the body; another one each time only if the answer is in memory
	 */
	InputStream body(A answer, @Nullable AnswerWatch watch) throws IOException;

	/**
	 * Returns the length of the body as it is read; negative if unknown. What is decoded
	 * on its way has another one than announced.
	 */
	default long length(A answer) {
		HeaderLookup headers = headers(answer);
		String length = headers.first("content-length");
		try {
			return (length != null && headers.first("content-encoding") == null) ? Long.parseLong(length.strip()) : -1;
		}
		catch (NumberFormatException ex) {
			return -1;
		}
	}

	/** Whether the body can be opened again, and is then read from its beginning. */
	default boolean isInMemory(A answer, InputStream opened) {
		return false;
	}

	/** Closes the answer. Never fails. */
	void close(A answer);

}
