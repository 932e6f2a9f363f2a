// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.call.Attempt;
import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.call.LlmCall;
import io.github.llmbreaker.call.Next;
import io.github.llmbreaker.call.Reach;
import io.github.llmbreaker.simulation.Traffic.Answers;

/**
 * Calls to a model that fails half of them, some of which are tried again: what the
 * provider gets to see of that.
 */
final class RetriedCalls {

	private static final double BEFORE = 60;

	private static final double FAILING = 0.5;

	private static final Exception ERROR = new Exception("503", null, false, false) {

		private static final long serialVersionUID = 1L;

	};

	private final SimulatedTime time = new SimulatedTime();

	private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparingDouble(Event::at));

	private final CallGuard guard;

	private final TargetGate gate;

	private final Dice dice;

	private final double rate;

	private final double end;

	private double now;

	private long asked;

	private long sent;

	private long answered;

	private RetriedCalls(PresetStrategy strategy, double rate, double seconds, long seed) {
		this.dice = new Dice(seed);
		this.guard = strategy.guard(this.time, this.dice::next);
		this.gate = this.guard.registry().gate(PresetStrategy.TARGET);
		this.rate = rate;
		this.end = BEFORE + seconds;
	}

	/**
	 * Plays a minute without failures, and then half of the calls failing.
	 * @param strategy with which configuration
	 * @param rate calls a second
	 * @param seconds for how long half of them fail
	 * @param seed the seed
	 * @return what the provider saw, and how many calls were answered
	 */
	static Load play(PresetStrategy strategy, double rate, double seconds, long seed) {
		return new RetriedCalls(strategy, rate, seconds, seed).play();
	}

	private Load play() {
		at(this.dice.gap(this.rate), this::arrive);
		while (!this.events.isEmpty()) {
			Event event = this.events.remove();
			this.now = event.at();
			this.time.set(this.now);
			event.action().run();
		}
		return new Load((double) this.sent / this.asked, (double) this.answered / this.asked);
	}

	private void arrive() {
		if (this.now < this.end) {
			at(this.now + this.dice.gap(this.rate), this::arrive);
			this.asked += (this.now >= BEFORE) ? 1 : 0;
			LlmCall call = LlmCall.of(this.guard, this.gate, Reach.NOWHERE, null);
			goOn(call, call.begin(), this.now >= BEFORE);
		}
	}

	private void goOn(LlmCall call, Next next, boolean hit) {
		switch (next.action()) {
			case RUN -> run(call, next.requiredAttempt(), hit);
			case RETRY -> at(this.now + next.delay().toNanos() / 1e9, () -> goOn(call, call.begin(), hit));
			case FAIL -> {
				// it has failed for good
			}
		}
	}

	private void run(LlmCall call, Attempt attempt, boolean hit) {
		Answers answers = Answers.SHORT;
		this.sent += hit ? 1 : 0;
		if (hit && this.dice.next() < FAILING) {
			at(this.now + answers.failure() * this.dice.factor(answers.spread()),
					() -> goOn(call, call.failed(attempt, attempt.end(Course.OVERLOADED), ERROR), true));
			return;
		}
		this.answered += hit ? 1 : 0;
		double content = this.now + answers.firstContent() * this.dice.factor(answers.spread());
		at(content, attempt.permit()::contentStarted);
		at(Math.max(content, this.now + answers.whole() * this.dice.factor(answers.spread())), attempt::succeeded);
	}

	private void at(double seconds, Runnable action) {
		this.events.add(new Event(seconds, action));
	}

	/**
	 * What became of the calls.
	 *
	 * @param sent how many the provider saw for each that was asked for
	 * @param answered how many of those that were asked for were answered
	 */
	record Load(double sent, double answered) {
	}

	/**
	 * Something that happens.
	 *
	 * @param at when
	 * @param action what
	 */
	private record Event(double at, Runnable action) {
	}

}
