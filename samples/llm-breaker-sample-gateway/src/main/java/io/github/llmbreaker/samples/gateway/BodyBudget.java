// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory all request bodies together may take, so that many long uploads can't
 * exhaust it. Short bodies pass in any case.
 */
final class BodyBudget {

	private static final long SHORT = 64 * 1024;

	private final long limit;

	private final AtomicLong used = new AtomicLong();

	BodyBudget(long limit) {
		this.limit = limit;
	}

	/** A quarter of the heap. */
	static BodyBudget ofHeap() {
		return new BodyBudget(Runtime.getRuntime().maxMemory() / 4);
	}

	/**
	 * Asks for more.
	 * @param more how much more
	 * @param total how much the body has then
	 * @return whether it may
	 */
	boolean reserve(long more, long total) {
		if (this.used.addAndGet(more) > this.limit && total > SHORT) {
			this.used.addAndGet(-more);
			return false;
		}
		return true;
	}

	void giveBack(long bytes) {
		this.used.addAndGet(-bytes);
	}

	long used() {
		return this.used.get();
	}

}
