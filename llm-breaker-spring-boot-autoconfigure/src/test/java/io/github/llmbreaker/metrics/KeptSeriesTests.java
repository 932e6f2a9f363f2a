// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.metrics;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KeptSeries}.
 */
class KeptSeriesTests {

	private final List<Thing> registered = new ArrayList<>();

	private final KeptSeries<Thing, Runnable> series = new KeptSeries<>((thing) -> thing.name, (thing) -> thing.gone,
			(thing) -> {
				this.registered.add(thing);
				return () -> this.registered.remove(thing);
			}, Runnable::run);

	private final Thing first = new Thing("name");

	private final Thing second = new Thing("name");

	@Test
	void seriesAreMadeOnlyOnce() {
		Runnable made = this.series.get(this.first);
		assertThat(this.series.get(this.first)).isNotNull().isSameAs(made);
		assertThat(this.registered).containsExactly(this.first);
	}

	@Test
	void removedSeriesAreNotMadeAgain() {
		this.series.get(this.first);
		this.first.gone = true;
		this.series.remove(this.first);
		assertThat(this.registered).isEmpty();
		assertThat(this.series.get(this.first)).isNull();
	}

	@Test
	void areNotMadeForWhatHasGone() {
		this.first.gone = true;
		assertThat(this.series.get(this.first)).isNull();
		assertThat(this.registered).isEmpty();
	}

	@Test
	void successorKeepsItsOwnWhenThePredecessorIsRemovedLater() {
		this.series.get(this.first);
		this.first.gone = true;
		this.series.get(this.second);
		this.series.remove(this.first);
		assertThat(this.registered).containsExactly(this.second);
		assertThat(this.series.get(this.second)).isNotNull();
	}

	private static final class Thing {

		private final String name;

		private boolean gone;

		private Thing(String name) {
			this.name = name;
		}

	}

}
