// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.event;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.BreakerStateChangedEvent;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.CallRejectedEvent;
import io.github.llmbreaker.FallbackUsedEvent;
import io.github.llmbreaker.LlmCallListener;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.Breaker;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.TestRegistry;
import io.github.llmbreaker.breaker.VirtualTime;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static io.github.llmbreaker.breaker.TestRegistry.SUCCESS;
import static io.github.llmbreaker.breaker.TestRegistry.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DispatchingBreakerListener} and {@link PublishingBreakerListener}.
 */
@Timeout(30)
@ExtendWith(OutputCaptureExtension.class)
class BreakerListenersOnThreadsTests {

	private final VirtualTime time = new VirtualTime();

	private final Queue<Object> received = new ConcurrentLinkedQueue<>();

	private final List<AutoCloseable> open = new ArrayList<>();

	@AfterEach
	void close() throws Exception {
		for (AutoCloseable closeable : this.open) {
			closeable.close();
		}
	}

	@Test
	void callListenersSeeEveryEndedCallInOrder() {
		BreakerRegistry registry = dispatchingTo((target, outcome, duration) -> {
			this.received.add(target);
			this.received.add(outcome.kind());
			this.received.add(duration);
		});
		CallPermit permit = registry.gate(TARGET).acquire(null);
		this.time.advanceSeconds(2);
		permit.complete(SUCCESS);
		TestRegistry.calls(registry, TARGET, 1, TestRegistry.FAILURE);
		awaitReceived(6);
		assertThat(this.received).containsExactly(TARGET, OutcomeKind.SUCCESS, Duration.ofSeconds(2), TARGET,
				OutcomeKind.OVERLOADED, Duration.ZERO);
	}

	@Test
	@DisplayName("A call listener that throws is logged once and hides nothing from the others")
	void throwingCallListener(CapturedOutput output) {
		LlmCallListener throwing = (target, outcome, duration) -> {
			throw new IllegalStateException("listener is broken");
		};
		BreakerRegistry registry = dispatchingTo(throwing,
				(target, outcome, duration) -> this.received.add(outcome.kind()));
		TestRegistry.calls(registry, TARGET, 3, SUCCESS);
		awaitReceived(3);
		assertThat(output.toString().split("listener is broken")).hasSize(2);
	}

	@Test
	@DisplayName("A call listener that blocks delays no call and no Spring event")
	void blockedCallListener() {
		CountDownLatch gate = new CountDownLatch(1);
		DispatchingBreakerListener blocked = dispatcher((target, outcome, duration) -> awaitQuietly(gate));
		BreakerRegistry registry = TestRegistry.create(this.time, blocked, publisher());
		TestRegistry.open(registry, TARGET);
		awaitReceived(1);
		gate.countDown();
	}

	@Test
	void blockedCallListenerKeepsNothingFromTheOthers(CapturedOutput output) {
		CountDownLatch gate = new CountDownLatch(1);
		LlmCallListener blocked = new BlockedListener(gate);
		BreakerRegistry registry = dispatchingTo(blocked, (target, outcome, duration) -> this.received.add(outcome),
				blocked);
		int calls = EventDelivery.CAPACITY + 1000;
		for (int i = 0; i < calls; i += 500) {
			TestRegistry.calls(registry, TARGET, 500, SUCCESS);
			awaitReceived(i + 500);
		}
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.until(() -> output.toString().split("events are dropped").length == 3);
		assertThat(output.toString()).contains("Listener " + BlockedListener.class.getName() + " is too slow");
		gate.countDown();
	}

	@Test
	void blockedEventListenerKeepsNothingFromCallListeners() {
		CountDownLatch gate = new CountDownLatch(1);
		PublishingBreakerListener blocked = closing(
				new PublishingBreakerListener((event) -> awaitQuietly(gate), this.time, threads()));
		BreakerRegistry registry = TestRegistry.create(this.time, blocked,
				dispatcher((target, outcome, duration) -> this.received.add(outcome)));
		TestRegistry.open(registry, TARGET);
		awaitReceived(5);
		gate.countDown();
	}

	@Test
	void closingEndsAllThreadsAlsoThoseOfBlockedListeners() {
		CountDownLatch never = new CountDownLatch(1);
		LlmCallListener blocked = new BlockedListener(never);
		Queue<Thread> started = new ConcurrentLinkedQueue<>();
		DispatchingBreakerListener dispatcher = new DispatchingBreakerListener(
				() -> List.of(blocked, blocked, (target, outcome, duration) -> this.received.add(outcome)), (task) -> {
					Thread thread = threads().newThread(task);
					started.add(thread);
					return thread;
				});
		TestRegistry.calls(TestRegistry.create(this.time, dispatcher), TARGET, 3, SUCCESS);
		awaitReceived(3);
		assertThat(started).hasSize(4);
		dispatcher.close();
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> started.stream().noneMatch(Thread::isAlive));
	}

	@Test
	@DisplayName("A call listener may change the breaker and make calls")
	void callListenerThatCallsBackIn() {
		List<BreakerRegistry> self = new ArrayList<>();
		BreakerRegistry registry = dispatchingTo((target, outcome, duration) -> {
			if (outcome.countsAsFailure()) {
				self.get(0).all().forEach(Breaker::reset);
				TestRegistry.calls(self.get(0), TARGET, 1, SUCCESS);
			}
			else {
				this.received.add(outcome.kind());
			}
		});
		self.add(registry);
		TestRegistry.open(registry, TARGET);
		awaitReceived(5);
		assertThat(registry.all()).allMatch((breaker) -> breaker.state() == BreakerState.CLOSED);
	}

	@Test
	@DisplayName("Changes of state, rejections and fallbacks become Spring events")
	void springEvents() {
		BreakerRegistry registry = TestRegistry.create(this.time, publisher());
		Breaker breaker = TestRegistry.open(registry, TARGET);
		this.time.advanceSeconds(1);
		TestRegistry.reject(registry, TARGET);
		breaker.forceOpen(null);
		TestRegistry.reject(registry, TARGET);
		LlmTarget other = LlmTarget.of("anthropic", "claude-sonnet-4-5");
		registry.gate(TARGET).fallingBackTo(registry.gate(other));
		awaitReceived(5);
		Instant now = VirtualTime.START.plusSeconds(1);
		assertThat(this.received).containsExactly(
				new BreakerStateChangedEvent("openai:gpt-4.1", BreakerState.CLOSED, BreakerState.OPEN,
						OutcomeKind.OVERLOADED, VirtualTime.START),
				new CallRejectedEvent(TARGET, BreakerState.OPEN, now),
				new BreakerStateChangedEvent("openai:gpt-4.1", BreakerState.OPEN, BreakerState.FORCED_OPEN, null, now),
				new CallRejectedEvent(TARGET, BreakerState.FORCED_OPEN, now),
				new FallbackUsedEvent(TARGET, other, now));
	}

	@Test
	@DisplayName("A rejection while half-open says so")
	void rejectionWhileHalfOpen() {
		BreakerRegistry registry = TestRegistry.create(this.time, publisher());
		Breaker breaker = TestRegistry.open(registry, TARGET);
		this.time.advance(breaker.remainingCooldown());
		for (int i = 0; i < 3; i++) {
			registry.gate(TARGET).acquire(null);
		}
		TestRegistry.reject(registry, TARGET);
		awaitReceived(3);
		assertThat(this.received).last()
			.isEqualTo(new CallRejectedEvent(TARGET, BreakerState.HALF_OPEN, this.time.instant()));
	}

	@Test
	@DisplayName("An event listener that throws is logged once")
	void throwingEventListener(CapturedOutput output) {
		PublishingBreakerListener throwing = closing(new PublishingBreakerListener((event) -> {
			this.received.add(event);
			throw new IllegalStateException("event listener is broken");
		}, this.time, threads()));
		Breaker breaker = TestRegistry.open(TestRegistry.create(this.time, throwing), TARGET);
		breaker.reset();
		awaitReceived(2);
		throwing.close();
		assertThat(output.toString().split("event listener is broken")).hasSize(2);
	}

	private BreakerRegistry dispatchingTo(LlmCallListener... listeners) {
		return TestRegistry.create(this.time, dispatcher(listeners));
	}

	private DispatchingBreakerListener dispatcher(LlmCallListener... listeners) {
		return closing(new DispatchingBreakerListener(() -> List.of(listeners), threads()));
	}

	private PublishingBreakerListener publisher() {
		return closing(new PublishingBreakerListener(this.received::add, this.time, threads()));
	}

	private <T extends AutoCloseable> T closing(T closeable) {
		this.open.add(closeable);
		return closeable;
	}

	private void awaitReceived(int count) {
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> this.received.size() == count);
	}

	private static void awaitQuietly(CountDownLatch gate) {
		try {
			gate.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * A listener that waits for something.
	 *
	 * @param gate what it waits for
	 */
	private record BlockedListener(CountDownLatch gate) implements LlmCallListener {

		@Override
		public void onCallCompleted(LlmTarget target, CallOutcome outcome, Duration duration) {
			awaitQuietly(this.gate);
		}

	}

	private static ThreadFactory threads() {
		return (runnable) -> {
			Thread thread = new Thread(runnable, "test-listeners");
			thread.setDaemon(true);
			return thread;
		};
	}

}
