// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.json;

import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * A few skimmers that have done their work and wait for the next document, so that not
 * every answer needs a new one. Never waits: with none to spare there is a new one.
 *
 * @since 0.1.0
 */
public final class SpareSkimmers {

	private static final int SLOTS = 16;

	private final AtomicReferenceArray<@Nullable JsonSkimmer> spares = new AtomicReferenceArray<>(SLOTS);

	private final JsonPaths paths;

	/**
	 * Creates an empty store.
	 * @param paths the places that its skimmers watch
	 */
	public SpareSkimmers(JsonPaths paths) {
		this.paths = paths;
	}

	/**
	 * Returns a skimmer for the documents of one body.
	 * @return the skimmer, to be given back if possible
	 */
	public JsonSkimmer take() {
		JsonSkimmer spare = this.spares.getAndSet(slot(), null);
		return (spare != null) ? spare : new JsonSkimmer(this.paths);
	}

	/**
	 * Takes back a skimmer that nobody uses any more.
	 * @param skimmer one of those that were taken
	 */
	public void giveBack(JsonSkimmer skimmer) {
		skimmer.forget();
		this.spares.lazySet(slot(), skimmer);
	}

	/** Threads seldom meet in one slot, and nothing is wrong if they do. */
	private static int slot() {
		return (int) (Thread.currentThread().getId() % SLOTS);
	}

}
