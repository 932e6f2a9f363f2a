// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.util.ArrayDeque;
import java.util.Queue;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Operators;
import reactor.util.concurrent.Queues;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * The items of a {@link PeekedFlux} that nobody has got yet. One thread at a time adds,
 * one at a time takes.
 *
 * @param <T> the type of the items
 */
final class PeekedItems<T> {

	private final Queue<T> arrived = Queues.<T>unbounded(16).get();

	private final Queue<T> kept = new ArrayDeque<>(4);

	private long outstanding;

	void arrive(T item) {
		this.arrived.offer(item);
	}

	/**
	 * Takes an item to look at.
	 */
	@Nullable T look() {
		T item = this.arrived.poll();
		if (item != null && this.outstanding != Long.MAX_VALUE) {
			this.outstanding--;
		}
		return item;
	}

	/**
	 * Puts an item that was looked at behind those put back before.
	 */
	void putBack(T item) {
		this.kept.add(item);
	}

	@Nullable T take() {
		T item = this.kept.poll();
		return (item != null) ? item : look();
	}

	boolean isEmpty() {
		return this.kept.isEmpty() && this.arrived.isEmpty();
	}

	/**
	 * Whether nothing waits to be looked at.
	 */
	boolean isSeen() {
		return this.arrived.isEmpty();
	}

	/**
	 * How many items were demanded of the source and have not come.
	 */
	long outstanding() {
		return this.outstanding;
	}

	void demanded(long n) {
		this.outstanding = Operators.addCap(this.outstanding, n);
	}

	void discard(Context context) {
		for (T item = take(); item != null; item = take()) {
			Operators.onDiscard(item, context);
		}
	}

	static void release(Object item) {
		if (item instanceof DataBuffer buffer) {
			DataBufferUtils.release(buffer);
		}
	}

}
