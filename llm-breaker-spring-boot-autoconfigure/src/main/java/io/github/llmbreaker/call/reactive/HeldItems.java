// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call.reactive;

import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;

/**
 * The items of a stream that is held back until its end, so that another one can take its
 * place.
 *
 * @param <T> the type of the items
 */
final class HeldItems<T> extends HeldFlux<T> {

	/** A longer stream is handed on before its end. */
	private static final int MAX = 10_000;

	private final ItemAttempt<T> attempt;

	private int count;

	/**
	 * Creates it.
	 * @param attempt whose items they are, told when they are held back no more
	 * @param context whose hooks get what is discarded
	 */
	HeldItems(ItemAttempt<T> attempt, Context context) {
		super(context);
		this.attempt = attempt;
	}

	@Override
	protected long batch() {
		return MAX;
	}

	@Override
	protected boolean look(T item) {
		keep(item);
		return ++this.count == MAX;
	}

	/**
	 * The subscriber is going to get another error at the end than the attempt's.
	 */
	void endWith(Throwable error) {
		replaceError(error);
	}

	@Override
	protected void looked(boolean complete, @Nullable Throwable error) {
		this.attempt.heldNoMore(error);
	}

}
