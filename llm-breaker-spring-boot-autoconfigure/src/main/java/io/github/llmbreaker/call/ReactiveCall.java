// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.CallPermit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * What a guarded reactive call does.
 *
 * @param <T> the type of the items
 * @since 0.1.0
 */
public interface ReactiveCall<T> {

	/**
	 * Makes an attempt.
	 * @param permit the attempt's permit
	 * @return where the answer comes from; {@code null} if nothing was called, which is
	 * an empty answer that says nothing about the provider
	 * @throws Throwable what is the answer as well
	 */
	@Nullable Publisher<? extends T> source(CallPermit permit) throws Throwable;

	/**
	 * Whether the answer is a stream of items. A stream that ends without any is none of
	 * a model at work; a single answer may well be nothing.
	 * @return {@code false} for one item at most
	 */
	boolean isStream();

	/**
	 * Judges what an attempt failed with.
	 * @param failure what the source says
	 * @param target what was called
	 * @param started whether an item has arrived before
	 * @return how it ended, as proposed
	 */
	CallOutcome classify(Throwable failure, LlmTarget target, boolean started);

	/**
	 * An item of the current attempt has arrived.
	 * @param item the item
	 */
	default void arrived(T item) {
	}

	/**
	 * The current attempt has succeeded.
	 */
	default void succeeded() {
	}

}
