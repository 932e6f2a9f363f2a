// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells in order what was put in under a lock, after the lock is gone. A listener that
 * blocks keeps back later announcements, but not the threads that make them.
 */
final class Announcements {

	private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

	private final AtomicInteger turns = new AtomicInteger();

	/** To be called under the lock that makes the order. */
	void add(Runnable announcement) {
		this.waiting.add(announcement);
	}

	/** To be called without a lock. */
	void tell() {
		if (this.waiting.isEmpty() || this.turns.getAndIncrement() != 0) {
			return;
		}
		int turn = 1;
		do {
			for (Runnable next = this.waiting.poll(); next != null; next = this.waiting.poll()) {
				next.run();
			}
			turn = this.turns.addAndGet(-turn);
		}
		while (turn != 0);
	}

}
