// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call.reactive;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.call.LlmCall;
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
	 * @return where the answer comes from; {@code null} if nothing was called, which is
	 * an empty answer that says nothing about the provider
	 * @throws Throwable what is the answer as well
	 */
	@Nullable Publisher<? extends T> source(LlmTarget target) throws Throwable;

	/**
	 * Whether the answer is a stream of items. A stream that ends without any is none of
	 * a model at work; a single answer may well be nothing.
	 */
	boolean isStream();

	/**
	 * Returns what comes after a failed attempt.
	 * @param outer the guarded call that this one is part of; {@code null} if none
	 */
	LlmCall plan(@Nullable CallPermit outer);

	/** An item of the current attempt has arrived. */
	default void arrived(T item) {
	}

	/** The current attempt has succeeded. */
	default void succeeded() {
	}

	/**
	 * Returns who answers when no attempt has, for a reason that lies with the provider
	 * or the model; {@code null} if the error is to be passed on.
	 * @param error what the subscriber would get
	 * @throws Throwable what is to be passed on instead
	 */
	default @Nullable Publisher<? extends T> instead(Throwable error) throws Throwable {
		return null;
	}

}
