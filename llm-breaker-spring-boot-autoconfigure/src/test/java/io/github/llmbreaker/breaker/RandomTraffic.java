// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;

/**
 * Random traffic to one model in virtual time, the same for the same seed: calls fail
 * after 0.3 seconds, or show their first content after 0.6 seconds, if they are streams,
 * and end after an answer's time.
 */
final class RandomTraffic {

	private final PriorityQueue<Event> events = new PriorityQueue<>(
			Comparator.comparingDouble(Event::at).thenComparingLong(Event::order));

	private final BreakerFixture fixture;

	private final double perSecond;

	private final Random random;

	/** Seconds since the beginning. */
	private double now;

	private long order;

	double answerSeconds = 4;

	double failureSeconds = 0.3;

	boolean streams = true;

	/** Time until the first content of a stream, by seconds since the beginning. */
	DoubleUnaryOperator contentSeconds = (at) -> 0.6;

	CallOutcome failure = BreakerFixture.FAILURE;

	/** Share of calls that fail, by seconds since the beginning. */
	DoubleUnaryOperator failing = (at) -> 0.01;

	long calls;

	long rejected;

	long openings;

	/** When it was seen open last, in seconds since the beginning. */
	double opened;

	RandomTraffic(TestPolicies.Draft policy, double perSecond, long seed) {
		this.fixture = BreakerFixture.with(policy);
		this.perSecond = perSecond;
		this.random = new Random(seed);
		at(0, this::arrive);
	}

	/** Lets time pass. */
	RandomTraffic run(double seconds) {
		double end = this.now + seconds;
		while (this.events.peek() != null && this.events.peek().at() <= end) {
			Event event = this.events.remove();
			advance(event.at());
			event.action().run();
		}
		advance(end);
		return this;
	}

	BreakerState state() {
		return this.fixture.state();
	}

	BreakerFixture fixture() {
		return this.fixture;
	}

	double rejectedPercent() {
		return 100.0 * this.rejected / this.calls;
	}

	private void advance(double to) {
		this.fixture.time.advance(Duration.ofNanos((long) (to * 1e9) - (long) (this.now * 1e9)));
		this.now = to;
	}

	private void at(double seconds, Runnable action) {
		this.events.add(new Event(seconds, this.order++, action));
	}

	private void arrive() {
		at(this.now - Math.log(1 - this.random.nextDouble()) / this.perSecond, this::arrive);
		this.calls++;
		boolean fails = this.random.nextDouble() < this.failing.applyAsDouble(this.now);
		try {
			CallPermit permit = this.fixture.start();
			if (fails) {
				at(this.now + about(this.failureSeconds), () -> fail(permit));
			}
			else {
				answer(permit);
			}
		}
		catch (LlmCallRejectedException ex) {
			this.rejected++;
		}
	}

	private void answer(CallPermit permit) {
		double content = this.contentSeconds.applyAsDouble(this.now);
		if (this.streams) {
			at(this.now + about(content), permit::contentStarted);
		}
		at(this.now + Math.max(1.2 * content, about(this.answerSeconds)),
				() -> permit.complete(BreakerFixture.SUCCESS));
	}

	private void fail(CallPermit permit) {
		boolean wasOpen = state() == BreakerState.OPEN;
		permit.complete(this.failure);
		if (!wasOpen && state() == BreakerState.OPEN) {
			this.openings++;
			this.opened = this.now;
		}
	}

	private double about(double seconds) {
		return seconds * (0.9 + 0.2 * this.random.nextDouble());
	}

	private record Event(double at, long order, Runnable action) {
	}

}
