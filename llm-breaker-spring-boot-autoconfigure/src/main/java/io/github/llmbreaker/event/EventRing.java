// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.event;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * A bounded queue for any number of producers and one consumer, without locks.
 *
 * @param <E> the type of its elements
 */
final class EventRing<E> {

	private final AtomicReferenceArray<@Nullable E> slots;

	private final int mask;

	private final AtomicLong head = new AtomicLong();

	private final AtomicLong tail = new AtomicLong();

	/**
	 * Creates an empty ring.
	 * @param capacity a power of two
	 */
	EventRing(int capacity) {
		this.slots = new AtomicReferenceArray<>(capacity);
		this.mask = capacity - 1;
	}

	/**
	 * Adds an element at the end.
	 * @param element the element
	 * @return {@code false} if the ring is full
	 */
	boolean offer(E element) {
		long place;
		do {
			place = this.tail.get();
			if (place - this.head.get() > this.mask) {
				return false;
			}
		}
		while (!this.tail.compareAndSet(place, place + 1));
		this.slots.set((int) place & this.mask, element);
		return true;
	}

	/**
	 * Takes the first element, for the consumer only; {@code null} if there is none, or
	 * if it is not yet in its place.
	 */
	@Nullable E poll() {
		long place = this.head.get();
		int slot = (int) place & this.mask;
		E element = this.slots.get(slot);
		if (element != null) {
			// emptied before the place is given away: its next owner finds it empty
			this.slots.lazySet(slot, null);
			this.head.lazySet(place + 1);
		}
		return element;
	}

	boolean isEmpty() {
		return this.head.get() == this.tail.get();
	}

}
