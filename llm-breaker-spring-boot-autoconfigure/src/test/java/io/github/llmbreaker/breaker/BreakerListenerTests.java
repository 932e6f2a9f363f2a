// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static io.github.llmbreaker.breaker.BreakerFixture.FAILURE;
import static io.github.llmbreaker.breaker.BreakerFixture.NEUTRAL;
import static io.github.llmbreaker.breaker.BreakerFixture.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what listeners are told, and that they can't do harm.
 */
@Timeout(30)
class BreakerListenerTests {

	private final BreakerFixture fixture = BreakerFixture.with(TestPolicies.model().halfOpenCalls(1));

	@Test
	@DisplayName("One trip is one event, with breaker, from, to, kind and count")
	void trip() {
		this.fixture.open();
		assertThat(this.fixture.listener.changes)
			.containsExactly(new StateChange(BreakerState.CLOSED, BreakerState.OPEN, OutcomeKind.OVERLOADED, 529, 5,
					Duration.ofSeconds(30), null, VirtualTime.START, false));
		assertThat(this.fixture.listener.moves).containsExactly("openai:gpt-4.1 CLOSED OPEN");
	}

	@Test
	@DisplayName("Moves are told in order")
	void order() {
		this.fixture.halfOpen().call(SUCCESS);
		assertThat(this.fixture.listener.moves).containsExactly("openai:gpt-4.1 CLOSED OPEN",
				"openai:gpt-4.1 OPEN HALF_OPEN", "openai:gpt-4.1 HALF_OPEN CLOSED");
		assertThat(this.fixture.listener.changes).extracting(StateChange::at)
			.containsExactly(VirtualTime.START, Instant.parse("2026-11-20T10:00:30Z"),
					Instant.parse("2026-11-20T10:00:30Z"));
	}

	@Test
	@DisplayName("A listener that throws breaks nothing, and is reported once")
	@ExtendWith(OutputCaptureExtension.class)
	void throwing(CapturedOutput output) {
		this.fixture.listeners.add(0, new ThrowingListener());
		this.fixture.halfOpen().calls(1, SUCCESS).calls(6, NEUTRAL);
		this.fixture.breaker().forceOpen(null);
		this.fixture.rejected();
		assertThat(this.fixture.listener.moves).hasSize(4);
		assertThat(this.fixture.listener.completed).hasSize(12);
		assertThat(output.getAll().split("Breaker listener", -1)).hasSize(2);
		assertThat(output).contains(ThrowingListener.class.getName());
	}

	@Test
	@DisplayName("A listener that calls back into the breaker does not deadlock, and the order is kept")
	void callingBack() {
		this.fixture.listeners.add(0, new BreakerListener() {

			@Override
			public void onStateChange(BreakerView breaker, StateChange change) {
				if (change.to() == BreakerState.OPEN) {
					Breaker same = BreakerListenerTests.this.fixture.breaker();
					same.halfOpen();
					same.snapshot();
					same.events();
				}
			}

		});
		this.fixture.calls(5, FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.HALF_OPEN);
		assertThat(this.fixture.listener.moves).containsExactly("openai:gpt-4.1 CLOSED OPEN",
				"openai:gpt-4.1 OPEN HALF_OPEN");
	}

	@Test
	@DisplayName("A listener that blocks does not hold up other calls")
	void blocking() throws InterruptedException {
		CountDownLatch blocked = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		this.fixture.listeners.add(0, new BlockingListener(blocked, release));
		this.fixture.calls(4, FAILURE);
		Thread thread = new Thread(() -> this.fixture.call(FAILURE), "blocked");
		thread.start();
		assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();
		this.fixture.rejected();
		this.fixture.breaker().close();
		this.fixture.call(SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
		release.countDown();
		thread.join();
		assertThat(this.fixture.listener.moves).containsExactly("openai:gpt-4.1 CLOSED OPEN",
				"openai:gpt-4.1 OPEN CLOSED");
	}

	@Test
	@DisplayName("Any number of listeners is told")
	void several() {
		RecordingListener second = new RecordingListener();
		this.fixture.listeners.add(second);
		this.fixture.open().rejected();
		assertThat(second.moves).isEqualTo(this.fixture.listener.moves);
		assertThat(second.rejections).isEqualTo(this.fixture.listener.rejections);
	}

	@Test
	void retriesAndFallbacksAreTold() {
		StringBuilder told = new StringBuilder();
		this.fixture.listeners.add(new BreakerListener() {

			@Override
			public void onRetry(GateView gate, Duration delay) {
				told.append("retry ").append(gate.target().model()).append(" in ").append(delay).append(", ");
			}

			@Override
			public void onFallback(GateView from, GateView to) {
				told.append(from.target().model()).append(" to ").append(to.target().model());
			}

		});
		this.fixture.gate().retrying(Duration.ofSeconds(2));
		this.fixture.gate().fallingBackTo(this.fixture.registry().gate(BreakerFixture.SIBLING));
		assertThat(told).hasToString("retry gpt-4.1 in PT2S, gpt-4.1 to gpt-4.1-mini");
	}

	private static final class ThrowingListener implements BreakerListener {

		@Override
		public void onCreated(BreakerView breaker) {
			throw new IllegalStateException("created");
		}

		@Override
		public void onStateChange(BreakerView breaker, StateChange change) {
			throw new AssertionError("changed");
		}

		@Override
		public void onRejected(BreakerView breaker, LlmTarget target, RejectReason reason) {
			throw new IllegalStateException("rejected");
		}

		@Override
		public void onCompleted(GateView gate, CallOutcome outcome, long nanos) {
			throw new IllegalStateException("completed");
		}

	}

	private record BlockingListener(CountDownLatch blocked, CountDownLatch release) implements BreakerListener {

		@Override
		public void onStateChange(BreakerView breaker, StateChange change) {
			this.blocked.countDown();
			try {
				this.release.await(20, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
