// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call.reactive;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Sinks;
import reactor.util.concurrent.Queues;

/**
 * The items of a stream that is held back until its end, so that another one can take its
 * place. Filled by one thread at a time.
 *
 * @param <T> the type of the items
 */
final class HeldItems<T> {

	/** A longer stream is handed on before its end. */
	static final int MAX = 10_000;

	private static final int CHUNK = 64;

	private final Sinks.Many<T> items = Sinks.unsafe()
		.many()
		.unicast()
		.onBackpressureBuffer(Queues.<T>unbounded(CHUNK).get());

	private int count;

	/**
	 * Keeps an item.
	 * @return whether this was the last one to be held back
	 */
	boolean add(T item) {
		this.items.tryEmitNext(item);
		return ++this.count == MAX;
	}

	void complete() {
		this.items.tryEmitComplete();
	}

	void fail(Throwable error) {
		this.items.tryEmitError(error);
	}

	/**
	 * Hands the items on, once; what is added later follows.
	 */
	Publisher<T> release() {
		return this.items.asFlux();
	}

}
