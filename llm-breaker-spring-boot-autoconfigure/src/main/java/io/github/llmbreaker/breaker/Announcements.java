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
