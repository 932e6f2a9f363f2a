// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Something the registry keeps as long as there is room.
 */
abstract class Evictable {

	/** The rank of what goes first. */
	static final int SPARE = 0;

	/** The lowest rank of what is worth more than a name that was never seen. */
	static final int KEPT = 3;

	/** The rank of what people have decided, and so never goes. */
	static final int BY_HAND = KEPT + 2;

	/** Who was used twice in a millisecond was used once. */
	private static final long GRANULARITY = 1_000_000L;

	private static final VarHandle LAST_USED;

	static {
		try {
			LAST_USED = MethodHandles.lookup().findVarHandle(Evictable.class, "lastUsed", long.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private long lastUsed;

	private volatile boolean evicted;

	/** Creation order decides between what was used at the same time. */
	private long number;

	void registered(long number, long now) {
		this.number = number;
		this.evicted = false;
		LAST_USED.setOpaque(this, now);
	}

	void used(long now) {
		if (now - (long) LAST_USED.getOpaque(this) >= GRANULARITY) {
			LAST_USED.setOpaque(this, now);
		}
	}

	long lastUsed() {
		return (long) LAST_USED.getOpaque(this);
	}

	long number() {
		return this.number;
	}

	void evict() {
		this.evicted = true;
	}

	/**
	 * Whether it is no longer kept: calls that still hold it are guarded to their end,
	 * but nothing new should be attached to it.
	 */
	public boolean isEvicted() {
		return this.evicted;
	}

	/**
	 * Returns who goes first: the lower the earlier, from {@link #SPARE} on.
	 * @param now the reading of the ticker
	 * @return the rank
	 */
	abstract int rank(long now);

}
