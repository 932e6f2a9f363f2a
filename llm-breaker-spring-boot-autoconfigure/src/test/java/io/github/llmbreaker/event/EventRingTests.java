// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EventRing}.
 */
class EventRingTests {

	@Test
	void keepsOrderAcrossManyRounds() {
		EventRing<Integer> ring = new EventRing<>(4);
		for (int i = 0; i < 100; i += 2) {
			assertThat(ring.offer(i)).isTrue();
			assertThat(ring.offer(i + 1)).isTrue();
			assertThat(ring.poll()).isEqualTo(i);
			assertThat(ring.poll()).isEqualTo(i + 1);
			assertThat(ring.poll()).isNull();
			assertThat(ring.isEmpty()).isTrue();
		}
	}

	@Test
	void takesNoMoreThanItsCapacity() {
		EventRing<Integer> ring = new EventRing<>(4);
		IntStream.range(0, 4).forEach((i) -> assertThat(ring.offer(i)).isTrue());
		assertThat(ring.offer(4)).isFalse();
		assertThat(ring.poll()).isZero();
		assertThat(ring.offer(5)).isTrue();
		assertThat(ring.offer(6)).isFalse();
	}

	@Test
	void losesNothingAndKeepsTheOrderOfEachProducer() {
		EventRing<int[]> ring = new EventRing<>(16);
		int producers = 4;
		int each = 20_000;
		List<CompletableFuture<Void>> running = IntStream.range(0, producers)
			.mapToObj((producer) -> CompletableFuture.runAsync(() -> produce(ring, producer, each)))
			.toList();
		List<Integer> next = new ArrayList<>(List.of(0, 0, 0, 0));
		int received = 0;
		while (received < producers * each) {
			int[] element = ring.poll();
			if (element == null) {
				Thread.onSpinWait();
				continue;
			}
			assertThat(element[1]).isEqualTo(next.get(element[0]));
			next.set(element[0], element[1] + 1);
			received++;
		}
		assertThat(running).allSatisfy((producer) -> assertThat(producer).succeedsWithin(Duration.ofSeconds(5)));
		assertThat(ring.isEmpty()).isTrue();
	}

	private static void produce(EventRing<int[]> ring, int producer, int count) {
		for (int i = 0; i < count; i++) {
			while (!ring.offer(new int[] { producer, i })) {
				Thread.yield();
			}
		}
	}

}
