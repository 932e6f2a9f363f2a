// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The meters of things that come and go. What has gone gets no meters any more, and its
 * successor of the same name, which has the same tags, keeps its own.
 *
 * @param <T> the type of the things
 * @param <S> the type of their meters
 */
final class KeptSeries<T, S> {

	private final Map<T, S> series = new ConcurrentHashMap<>();

	private final Map<Object, T> owners = new ConcurrentHashMap<>();

	private final Function<T, Object> name;

	private final Predicate<T> gone;

	private final Function<T, S> factory;

	private final Consumer<S> removal;

	KeptSeries(Function<T, Object> name, Predicate<T> gone, Function<T, S> factory, Consumer<S> removal) {
		this.name = name;
		this.gone = gone;
		this.factory = factory;
		this.removal = removal;
	}

	/**
	 * Returns the meters of a thing, made on first use.
	 * @param thing the thing
	 * @return its meters, or {@code null} if it has gone
	 */
	@Nullable S get(T thing) {
		S found = this.series.get(thing);
		return (found != null) ? found : create(thing);
	}

	/** Tells the meters of a thing something, unless it has gone. */
	void with(T thing, Consumer<S> action) {
		S found = get(thing);
		if (found != null) {
			action.accept(found);
		}
	}

	/** Takes the meters of a thing that has gone out of their registry. */
	void remove(T thing) {
		this.owners.computeIfPresent(this.name.apply(thing), (name, owner) -> {
			if (owner != thing) {
				return owner;
			}
			drop(thing);
			return null;
		});
	}

	private @Nullable S create(T thing) {
		this.owners.compute(this.name.apply(thing), (name, owner) -> {
			if (owner == thing || this.gone.test(thing)) {
				return owner;
			}
			if (owner != null) {
				drop(owner);
			}
			this.series.put(thing, this.factory.apply(thing));
			return thing;
		});
		return this.series.get(thing);
	}

	private void drop(T thing) {
		S dropped = this.series.remove(thing);
		if (dropped != null) {
			this.removal.accept(dropped);
		}
	}

}
