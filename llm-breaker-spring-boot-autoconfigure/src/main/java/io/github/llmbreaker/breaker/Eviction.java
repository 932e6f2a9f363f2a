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

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Chooses what goes next when there is no room: what can be spared and was not used for
 * longest. Looks at everything only once in a while, and remembers the next few.
 *
 * @param <E> what is evicted
 */
final class Eviction<E extends Evictable> {

	private static final int BATCH = 16;

	private final Comparator<E> order;

	private final Deque<Candidate<E>> candidates = new ArrayDeque<>();

	Eviction(Comparator<E> order) {
		this.order = order.thenComparingLong(Evictable::lastUsed).thenComparingLong(Evictable::number);
	}

	/** Returns what goes next; {@code null} if there is nothing but the exempt one. */
	@Nullable E next(Collection<E> all, @Nullable E exempt) {
		for (Candidate<E> next = this.candidates.poll(); next != null; next = this.candidates.poll()) {
			if (next.isStillUnused() && next.element() != exempt) {
				return next.element();
			}
		}
		List<E> spare = new ArrayList<>(all.size());
		for (E element : all) {
			if (element != exempt && element.isDispensable()) {
				spare.add(element);
			}
		}
		if (spare.size() < BATCH) {
			return all.stream().filter((element) -> element != exempt).min(this.order).orElse(null);
		}
		spare.sort(this.order);
		for (E element : spare.subList(1, 1 + spare.size() / BATCH)) {
			this.candidates.add(new Candidate<>(element, element.lastUsed()));
		}
		return spare.get(0);
	}

	private record Candidate<E extends Evictable>(E element, long lastUsed) {

		boolean isStillUnused() {
			return !this.element.isEvicted() && this.element.isDispensable()
					&& this.element.lastUsed() == this.lastUsed;
		}

	}

}
