// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeScope;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static io.github.llmbreaker.breaker.BreakerFixture.FAILURE;
import static io.github.llmbreaker.breaker.BreakerFixture.NEUTRAL;
import static io.github.llmbreaker.breaker.BreakerFixture.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what an opening rule is told, without a breaker around it.
 */
class OutcomeRecorderTests {

	private final VirtualTime time = new VirtualTime();

	private final BreakerEnvironment environment = new BreakerEnvironment(
			TestRegistry.settings(TestPolicies.model().get(), this.time, this.time), () -> 0.5, BreakerSync.LOCAL);

	private final List<RecordingRule> rules = new ArrayList<>();

	private final StateMachine machine;

	private final OutcomeRecorder recorder;

	OutcomeRecorderTests() {
		Tally tally = new Tally();
		History history = new History();
		BreakerView view = new NamedView(TestPolicies.model().halfOpenCalls(1).get());
		this.machine = new StateMachine(view, (start) -> {
			RecordingRule rule = new RecordingRule();
			this.rules.add(rule);
			return rule;
		}, this.environment, tally, history);
		this.recorder = new OutcomeRecorder(view, this.environment, this.machine, tally, history, this::recorder);
	}

	@Test
	void ruleIsToldOfBeginningLifeAndEnd() {
		Admission call = enter();
		this.time.advanceSeconds(1);
		call.contentStarted();
		this.time.advanceSeconds(2);
		call.leave(SUCCESS, 0, this.time.nanos());
		assertThat(rule().told).containsExactly("began", "alive", "succeeded after 3 s, alive");
	}

	@Test
	void lifeIsToldOnce() {
		Admission call = enter();
		call.answered();
		call.contentStarted();
		call.contentStarted();
		call.leave(FAILURE, 0, this.time.nanos());
		assertThat(rule().told).containsExactly("began", "alive", "failed with OVERLOADED after 0 s, alive");
	}

	@Test
	void callsThatSayNothingAndThoseThatDoNotTakePlaceEnd() {
		enter().leave(NEUTRAL, 0, this.time.nanos());
		enter().giveBack(this.time.nanos());
		assertThat(rule().told).containsExactly("began", "neutral", "began", "neutral");
	}

	@Test
	void ruleOpensTheBreaker() {
		Admission call = enter();
		rule().verdict = OpeningRule.Verdict.OPEN;
		call.leave(FAILURE, 0, this.time.nanos());
		assertThat(this.machine.latest().state).isEqualTo(BreakerState.OPEN);
		assertThat(this.recorder.enter(this.time.nanos(), false)).isInstanceOf(Rejection.class);
	}

	@Test
	void eachClosedPeriodHasItsOwnRule() {
		Admission early = enter();
		this.machine.close();
		early.contentStarted();
		early.leave(FAILURE, 0, this.time.nanos());
		enter().leave(SUCCESS, 0, this.time.nanos());
		assertThat(this.rules).hasSize(2);
		assertThat(rule().told).containsExactly("began", "succeeded after 0 s");
	}

	private Admission enter() {
		return (Admission) this.recorder.enter(this.time.nanos(), false);
	}

	private RecordingRule rule() {
		return this.rules.get(this.rules.size() - 1);
	}

	private OutcomeRecorder recorder() {
		return this.recorder;
	}

	/**
	 * Keeps what it is told, and does what the test says.
	 */
	private static final class RecordingRule implements OpeningRule {

		final List<String> told = new ArrayList<>();

		private final Cohorts cohorts = new Cohorts(0);

		Verdict verdict = Verdict.COUNTED;

		@Override
		public Cohort began(long now) {
			this.told.add("began");
			return this.cohorts.begin(now);
		}

		@Override
		public boolean alive(Call call, long now) {
			this.told.add("alive");
			return false;
		}

		@Override
		public boolean succeeded(Call call, long now) {
			this.told.add("succeeded" + details(call, now));
			return false;
		}

		@Override
		public Verdict failed(Call call, CallOutcome outcome, long now) {
			this.told.add("failed with " + outcome.kind() + details(call, now));
			return this.verdict;
		}

		@Override
		public void neutral(Call call, long now) {
			this.told.add("neutral");
		}

		@Override
		public boolean hasLifeSince(long time) {
			return false;
		}

		@Override
		public int failures() {
			return 0;
		}

		@Override
		public boolean holdsFailures(long now) {
			return false;
		}

		@Override
		public BreakerSnapshot.Window window(long now) {
			return BreakerSnapshot.Window.EMPTY;
		}

		private static String details(Call call, long now) {
			return " after " + (now - call.start()) / 1_000_000_000 + " s" + (call.isAlive() ? ", alive" : "");
		}

	}

	/**
	 * Is nothing but a name and a policy.
	 */
	private record NamedView(BreakerPolicy policy) implements BreakerView {

		@Override
		public String name() {
			return "openai:gpt-4.1";
		}

		@Override
		public OutcomeScope scope() {
			return OutcomeScope.MODEL;
		}

		@Override
		public String provider() {
			return "openai";
		}

		@Override
		public @Nullable String endpoint() {
			return null;
		}

		@Override
		public String model() {
			return "gpt-4.1";
		}

		@Override
		public BreakerState state() {
			return BreakerState.CLOSED;
		}

		@Override
		public List<BreakerEvent> why() {
			return List.of();
		}

		@Override
		public @Nullable String cause() {
			return null;
		}

		@Override
		public BreakerSnapshot.Spared spared() {
			return new BreakerSnapshot.Spared(0, Duration.ZERO);
		}

		@Override
		public boolean isEvicted() {
			return false;
		}

	}

}
