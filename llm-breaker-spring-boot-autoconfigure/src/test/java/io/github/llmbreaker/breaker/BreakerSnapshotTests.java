// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.BreakerEvent.Type;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static io.github.llmbreaker.breaker.BreakerFixture.FAILURE;
import static io.github.llmbreaker.breaker.BreakerFixture.NEUTRAL;
import static io.github.llmbreaker.breaker.BreakerFixture.SUCCESS;
import static io.github.llmbreaker.breaker.BreakerFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a breaker tells about itself.
 */
class BreakerSnapshotTests {

	private final BreakerFixture fixture = BreakerFixture.with(TestPolicies.model().halfOpenCalls(1));

	@Test
	@DisplayName("Everything is there, at zero, before the first call")
	void fresh() {
		assertThat(this.fixture.breaker().snapshot())
			.isEqualTo(new BreakerSnapshot(BreakerState.CLOSED, VirtualTime.START, Duration.ZERO, null, 0,
					new BreakerSnapshot.Calls(0, 0, 0, 0, 0), new BreakerSnapshot.Window(0, 0, 0, 0), Map.of(), null));
		assertThat(this.fixture.breaker().events()).isEmpty();
	}

	@Test
	void open() {
		this.fixture.calls(2, SUCCESS).calls(1, NEUTRAL).call(failure(OutcomeKind.TIMEOUT));
		this.fixture.time.advanceSeconds(1);
		this.fixture.calls(4, FAILURE);
		this.fixture.time.advance(Duration.ofMillis(17_655));
		this.fixture.rejected();
		assertThat(this.fixture.breaker().snapshot()).isEqualTo(new BreakerSnapshot(BreakerState.OPEN,
				VirtualTime.START.plusSeconds(1), Duration.ofMillis(12_345), OutcomeKind.OVERLOADED, 1,
				new BreakerSnapshot.Calls(2, 5, 1, 1, 0), new BreakerSnapshot.Window(7, 5, 500.0 / 7, 0),
				Map.of(OutcomeKind.TIMEOUT, 1L, OutcomeKind.OVERLOADED, 4L),
				new BreakerSnapshot.Failure(OutcomeKind.OVERLOADED, 529, VirtualTime.START.plusSeconds(1))));
	}

	@Test
	void halfOpenStillTellsWhatOpenedIt() {
		this.fixture.halfOpen();
		assertThat(this.fixture.breaker().snapshot().openedBy()).isEqualTo(OutcomeKind.OVERLOADED);
		assertThat(this.fixture.breaker().snapshot().window().calls()).isEqualTo(5);
	}

	@Test
	void forcedOpenWasOpenedByNothing() {
		this.fixture.open();
		this.fixture.breaker().forceOpen(null);
		assertThat(this.fixture.breaker().snapshot().openedBy()).isNull();
	}

	@Test
	void eventsTellWhatHappened() {
		this.fixture.calls(5, FAILURE).rejected();
		this.fixture.rejected();
		this.fixture.time.advanceSeconds(30);
		this.fixture.call(SUCCESS);
		assertThat(this.fixture.breaker().events()).extracting(BreakerEvent::type)
			.containsExactly(Type.FAILURE, Type.FAILURE, Type.FAILURE, Type.FAILURE, Type.FAILURE, Type.STATE_CHANGED,
					Type.REJECTED, Type.STATE_CHANGED, Type.STATE_CHANGED);
		assertThat(this.fixture.breaker().events().get(5)).isEqualTo(new BreakerEvent(VirtualTime.START,
				Type.STATE_CHANGED, BreakerState.CLOSED, BreakerState.OPEN, OutcomeKind.OVERLOADED, 529, null));
	}

	@Test
	void eventsAreTheLastHundred() {
		for (int i = 0; i < 60; i++) {
			this.fixture.time.advanceSeconds(1);
			this.fixture.breaker().disable();
			this.fixture.breaker().close();
		}
		assertThat(this.fixture.breaker().events()).hasSize(100).satisfies((events) -> {
			assertThat(events.get(0).at()).isEqualTo(VirtualTime.START.plusSeconds(11));
			assertThat(events.get(99).to()).isEqualTo(BreakerState.CLOSED);
		});
	}

	@Test
	void manyLateResultsAreOneEvent() {
		List<CallPermit> inFlight = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			inFlight.add(this.fixture.start());
		}
		this.fixture.time.advance(Duration.ofMinutes(2));
		this.fixture.open();
		inFlight.forEach((permit) -> permit.complete(FAILURE));
		assertThat(this.fixture.breaker().events()).hasSize(7)
			.extracting(BreakerEvent::type)
			.endsWith(Type.STATE_CHANGED, Type.LATE);
		assertThat(this.fixture.totals().late()).isEqualTo(200);
	}

	@Test
	void stormOfRejectionsDoesNotWashAwayHowItBegan() {
		this.fixture.open();
		for (int i = 0; i < 1000; i++) {
			this.fixture.rejected();
		}
		assertThat(this.fixture.breaker().events()).hasSize(7);
		assertThat(this.fixture.totals().rejected()).isEqualTo(1000);
	}

}
