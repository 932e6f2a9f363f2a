/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.llmbreaker.provider;

import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * A few skimmers that have done their work and wait for the next document, so that not
 * every answer needs a new one. Never waits: with none to spare there is a new one.
 */
final class SpareSkimmers {

	private static final int SLOTS = 16;

	private final AtomicReferenceArray<@Nullable JsonSkimmer> spares = new AtomicReferenceArray<>(SLOTS);

	JsonSkimmer take(JsonPaths paths) {
		JsonSkimmer spare = this.spares.getAndSet(slot(), null);
		return (spare != null) ? spare : new JsonSkimmer(paths);
	}

	/**
	 * Takes back a skimmer that nobody uses any more.
	 */
	void giveBack(JsonSkimmer skimmer) {
		skimmer.forget();
		this.spares.lazySet(slot(), skimmer);
	}

	/** Threads seldom meet in one slot, and nothing is wrong if they do. */
	private static int slot() {
		return (int) (Thread.currentThread().getId() % SLOTS);
	}

}
