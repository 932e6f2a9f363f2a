// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.json;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A few readers that have done their work and wait for the next body, so that not every
 * one needs a new one. Never waits: with none to spare there is a new one.
 *
 * @param <T> the type of the readers
 * @since 0.1.0
 */
public final class Spares<T> {

	private static final int SLOTS = 16;

	private final AtomicReferenceArray<@Nullable T> spares = new AtomicReferenceArray<>(SLOTS);

	private final Supplier<T> fresh;

	public Spares(Supplier<T> fresh) {
		this.fresh = fresh;
	}

	/** Returns a reader for one body, to be given back if possible. */
	public T take() {
		T spare = this.spares.getAndSet(slot(), null);
		return (spare != null) ? spare : this.fresh.get();
	}

	/** Takes back a reader that is ready for the next body. */
	public void giveBack(T reader) {
		this.spares.lazySet(slot(), reader);
	}

	/** Threads seldom meet in one slot, and nothing is wrong if they do. */
	private static int slot() {
		return (int) (Thread.currentThread().getId() % SLOTS);
	}

}
