// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

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

	private final Deque<Candidate<E>> remembered = new ArrayDeque<>();

	/** Returns what goes next; {@code null} if there is nothing but the exempt one. */
	@Nullable E next(Collection<E> all, @Nullable E exempt, long now) {
		for (Candidate<E> next = this.remembered.poll(); next != null; next = this.remembered.poll()) {
			if (next.isStillSpare(now) && next.element() != exempt) {
				return next.element();
			}
		}
		return choose(all, exempt, now);
	}

	private @Nullable E choose(Collection<E> all, @Nullable E exempt, long now) {
		List<Candidate<E>> spare = new ArrayList<>(all.size());
		Candidate<E> first = null;
		for (E element : all) {
			if (element != exempt) {
				// a copy of what calls change while we sort
				Candidate<E> candidate = Candidate.of(element, now);
				first = (first == null || candidate.compareTo(first) < 0) ? candidate : first;
				if (candidate.rank() == Evictable.SPARE) {
					spare.add(candidate);
				}
			}
		}
		if (spare.size() >= BATCH) {
			spare.sort(Comparator.naturalOrder());
			this.remembered.addAll(spare.subList(1, 1 + spare.size() / BATCH));
		}
		return (first != null) ? first.element() : null;
	}

	private record Candidate<E extends Evictable>(E element, int rank, long lastUsed,
			long number) implements Comparable<Candidate<E>> {

		static <E extends Evictable> Candidate<E> of(E element, long now) {
			return new Candidate<>(element, element.rank(now), element.lastUsed(), element.number());
		}

		boolean isStillSpare(long now) {
			return !this.element.isEvicted() && this.element.rank(now) == Evictable.SPARE
					&& this.element.lastUsed() == this.lastUsed;
		}

		@Override
		public int compareTo(Candidate<E> other) {
			if (this.rank != other.rank) {
				return Integer.compare(this.rank, other.rank);
			}
			// readings of a ticker have no beginning: only their difference says
			// something
			return (this.lastUsed != other.lastUsed) ? Long.signum(this.lastUsed - other.lastUsed)
					: Long.compare(this.number, other.number);
		}

	}

}
