// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call.reactive;

import java.util.ArrayDeque;
import java.util.Queue;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Operators;
import reactor.util.concurrent.Queues;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * The pieces of a {@link HeldFlux} that nobody has got yet. One thread at a time adds,
 * one at a time takes.
 *
 * @param <T> the type of the pieces
 */
final class HeldPieces<T> {

	private final Queue<T> arrived = Queues.<T>unbounded(16).get();

	private final Queue<T> kept = new ArrayDeque<>(4);

	private long outstanding;

	void arrive(T piece) {
		this.arrived.offer(piece);
	}

	/**
	 * Takes a piece to look at.
	 */
	@Nullable T look() {
		T piece = this.arrived.poll();
		if (piece != null && this.outstanding != Long.MAX_VALUE) {
			this.outstanding--;
		}
		return piece;
	}

	/**
	 * Puts a piece that was looked at behind those put back before.
	 */
	void putBack(T piece) {
		this.kept.add(piece);
	}

	@Nullable T take() {
		T piece = this.kept.poll();
		return (piece != null) ? piece : look();
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
	 * How many pieces were demanded of the source and have not come.
	 */
	long outstanding() {
		return this.outstanding;
	}

	void demanded(long n) {
		this.outstanding = Operators.addCap(this.outstanding, n);
	}

	void discard(Context context) {
		for (T piece = take(); piece != null; piece = take()) {
			Operators.onDiscard(piece, context);
		}
	}

	/**
	 * Discards what nobody gets: a buffer is released, once, all else is left to the
	 * subscriber's hook.
	 */
	static void discard(Object piece, Context context) {
		if (piece instanceof DataBuffer buffer) {
			DataBufferUtils.release(buffer);
		}
		else {
			Operators.onDiscard(piece, context);
		}
	}

}
