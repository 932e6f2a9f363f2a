// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The breakers of a registry, as many as there may be: what still matters does not go for
 * a name that was never seen. Changed under the lock of the registry; looking takes none.
 */
final class BreakerShelf {

	/** How long it is not worth looking for room again. */
	private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

	private final BreakerEnvironment environment;

	private final int most;

	private final Consumer<Breaker> added;

	private final Consumer<Breaker> evicted;

	private final Map<String, Breaker> breakers = new ConcurrentHashMap<>();

	private final Eviction<Breaker> eviction = new Eviction<>();

	private long created;

	/** Calls under way are counted from now on. */
	private volatile boolean crowded;

	/** When there was nothing that could go; {@code null} if there always was. */
	private volatile @Nullable Long full;

	/**
	 * Creates an empty shelf.
	 * @param environment what its breakers share
	 * @param added told of each breaker that has come
	 * @param evicted told of each breaker that has gone
	 */
	BreakerShelf(BreakerEnvironment environment, Consumer<Breaker> added, Consumer<Breaker> evicted) {
		this.environment = environment;
		this.most = environment.settings().maxBreakers();
		this.added = added;
		this.evicted = evicted;
	}

	@Nullable Breaker find(String name) {
		return this.breakers.get(name);
	}

	Collection<Breaker> all() {
		return this.breakers.values();
	}

	/** Whether there may soon be no room. */
	boolean isCrowded() {
		return this.crowded;
	}

	/** Whether it is worth looking for room. */
	boolean mayHaveRoom() {
		Long since = this.full;
		return this.breakers.size() < this.most || since == null || this.environment.nanos() - since >= LOOK_NANOS;
	}

	/**
	 * Makes room unless everything that could go still matters.
	 * @param partner what must not go; {@code null} for nothing
	 * @return whether there is room
	 */
	boolean makeRoom(@Nullable Breaker partner) {
		if (this.breakers.size() < this.most) {
			return true;
		}
		if (!mayHaveRoom()) {
			return false;
		}
		long now = this.environment.nanos();
		Breaker victim = this.eviction.next(this.breakers.values(), partner, now);
		boolean spare = victim != null && victim.rank(now) < Evictable.KEPT;
		this.full = spare ? null : Long.valueOf(now);
		if (victim != null && spare) {
			evict(victim);
		}
		return spare;
	}

	/** Makes room, whatever goes, but for what people have decided: rather one more. */
	void insist(@Nullable Breaker partner) {
		if (!makeRoom(partner)) {
			long now = this.environment.nanos();
			Breaker victim = this.eviction.next(this.breakers.values(), partner, now);
			Breaker gone = (victim != null) ? victim : Objects.requireNonNull(partner);
			if (gone.rank(now) < Evictable.BY_HAND) {
				evict(gone);
			}
		}
	}

	Breaker add(Breaker breaker) {
		breaker.registered(++this.created, this.environment.nanos());
		this.breakers.put(breaker.name(), breaker);
		this.crowded |= this.breakers.size() > this.most / 2;
		this.added.accept(breaker);
		return breaker;
	}

	private void evict(Breaker breaker) {
		this.breakers.remove(breaker.name());
		breaker.evict();
		this.evicted.accept(breaker);
	}

}
