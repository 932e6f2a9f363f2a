// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.actuate.endpoint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.Breaker;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.TestRegistry;
import io.github.llmbreaker.breaker.VirtualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TimelineBreakerListener}.
 */
class TimelineBreakerListenerTests {

	private static final String START = VirtualTime.START.toString();

	private final VirtualTime time = new VirtualTime();

	private final AtomicReference<BreakerRegistry> registry = new AtomicReference<>();

	private final List<Thread> threads = new ArrayList<>();

	private final TimelineBreakerListener timelines = new TimelineBreakerListener(() -> this.registry.get().all(),
			this.time, (task) -> {
				// nobody looks by itself
				Thread thread = new Thread(() -> {
				});
				this.threads.add(thread);
				return thread;
			});

	TimelineBreakerListenerTests() {
		this.registry.set(TestRegistry.create(this.time, 2, this.timelines));
	}

	@AfterEach
	void close() {
		this.timelines.close();
	}

	@Test
	void callsAreNotedInTheMinuteOfTheNextLook() {
		TestRegistry.calls(this.registry.get(), TestRegistry.TARGET, 3, TestRegistry.SUCCESS);
		this.timelines.sample();
		this.time.advanceSeconds(59);
		TestRegistry.calls(this.registry.get(), TestRegistry.TARGET, 2, TestRegistry.FAILURE);
		this.timelines.sample();
		this.time.advanceSeconds(1);
		TestRegistry.calls(this.registry.get(), TestRegistry.TARGET, 1, TestRegistry.SUCCESS);
		assertThat(history().calls()).containsExactly(new HistoryDescriptor.Bucket(START, 3, 2, 0, 0),
				new HistoryDescriptor.Bucket("2026-11-20T10:01:00Z", 1, 0, 0, 0));
	}

	@Test
	void whatIsOlderThanAnHourIsForgotten() {
		TestRegistry.calls(this.registry.get(), TestRegistry.TARGET, 1, TestRegistry.SUCCESS);
		this.timelines.sample();
		for (int minute = 0; minute < 59; minute++) {
			this.time.advanceSeconds(60);
			TestRegistry.calls(this.registry.get(), TestRegistry.TARGET, 1, TestRegistry.SUCCESS);
			this.timelines.sample();
		}
		assertThat(history().calls()).hasSize(60);
		this.time.advanceSeconds(60);
		assertThat(history().calls()).hasSize(59).first().extracting("at").isEqualTo("2026-11-20T10:01:00Z");
		this.time.advance(Duration.ofDays(3));
		TestRegistry.calls(this.registry.get(), TestRegistry.TARGET, 7, TestRegistry.SUCCESS);
		assertThat(history().calls()).containsExactly(new HistoryDescriptor.Bucket("2026-11-23T11:00:00Z", 7, 0, 0, 0));
	}

	@Test
	void statesAreExactAndTheOneBeforeTheHourIsKept() {
		TestRegistry.open(this.registry.get(), TestRegistry.TARGET);
		TestRegistry.reject(this.registry.get(), TestRegistry.TARGET);
		this.time.advance(Duration.ofMillis(30_500));
		assertThat(history().states()).containsExactly(new HistoryDescriptor.StateSince(START, BreakerState.CLOSED),
				new HistoryDescriptor.StateSince(START, BreakerState.OPEN),
				new HistoryDescriptor.StateSince("2026-11-20T10:00:30Z", BreakerState.HALF_OPEN));
		assertThat(history().calls()).containsExactly(new HistoryDescriptor.Bucket(START, 0, 5, 0, 1));
		this.time.advance(Duration.ofHours(2));
		assertThat(history().states())
			.containsExactly(new HistoryDescriptor.StateSince("2026-11-20T10:00:30Z", BreakerState.HALF_OPEN));
	}

	@Test
	void breakerThatFlapsAllTheTimeTakesNoMoreMemory() {
		Breaker breaker = TestRegistry.open(this.registry.get(), TestRegistry.TARGET);
		for (int i = 0; i < 1000; i++) {
			breaker.forceOpen(null);
			breaker.close();
		}
		assertThat(history().states()).hasSizeBetween(100, 128)
			.last()
			.extracting("state")
			.isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void clockThatWasSetBackLosesNoCalls() {
		TestRegistry.calls(this.registry.get(), TestRegistry.TARGET, 1, TestRegistry.SUCCESS);
		this.time.advanceSeconds(120);
		this.timelines.sample();
		this.time.advanceSeconds(-90);
		TestRegistry.calls(this.registry.get(), TestRegistry.TARGET, 2, TestRegistry.SUCCESS);
		this.timelines.sample();
		this.time.advanceSeconds(90);
		assertThat(history().calls()).containsExactly(new HistoryDescriptor.Bucket("2026-11-20T10:02:00Z", 3, 0, 0, 0));
	}

	@Test
	void timelineGoesWithItsBreaker() {
		for (int i = 0; i < 20; i++) {
			TestRegistry.calls(this.registry.get(), LlmTarget.of("openai", "model-" + i), 1, TestRegistry.SUCCESS);
			this.timelines.sample();
			this.time.advanceSeconds(1);
		}
		assertThat(this.registry.get().all()).hasSize(2);
		assertThat(this.timelines.size()).isEqualTo(2);
	}

	@Test
	void oneThreadIsEnoughAndThereIsNoneWithoutABreaker() {
		assertThat(this.threads).isEmpty();
		this.registry.get().gate(TestRegistry.TARGET);
		this.registry.get().gate(LlmTarget.of("openai", "another"));
		assertThat(this.threads).hasSize(1);
	}

	private HistoryDescriptor history() {
		Breaker breaker = this.registry.get().find("openai:gpt-4.1").orElseThrow();
		return HistoryDescriptor.of(this.timelines.get(breaker), this.timelines.now());
	}

}
