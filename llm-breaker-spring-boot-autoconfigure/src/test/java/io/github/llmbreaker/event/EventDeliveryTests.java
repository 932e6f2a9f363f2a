// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EventDelivery}.
 */
@Timeout(30)
@ExtendWith(OutputCaptureExtension.class)
class EventDeliveryTests {

	private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();

	private final Queue<Integer> received = new ConcurrentLinkedQueue<>();

	private final CountDownLatch entered = new CountDownLatch(1);

	private final CountDownLatch gate = new CountDownLatch(1);

	private final EventDelivery<Integer> delivery = new EventDelivery<>("The receiver", threadFactory(),
			this.received::add);

	private final EventDelivery<Integer> blocked = new EventDelivery<>("The receiver", threadFactory(),
			this::receiveBehindTheGate);

	@AfterEach
	void close() {
		this.gate.countDown();
		this.delivery.close();
		this.blocked.close();
	}

	@Test
	void hasNoThreadBeforeTheFirstEvent() {
		assertThat(this.threads).isEmpty();
		this.delivery.publish(1);
		assertThat(this.threads).hasSize(1);
	}

	@Test
	void deliversInOrderOnItsThread() {
		IntStream.range(0, 5000).forEach(this.delivery::publish);
		awaitReceived(5000);
		assertThat(this.received).containsExactlyElementsOf(IntStream.range(0, 5000).boxed().toList());
		assertThat(this.delivery.dropped()).isZero();
		assertThat(this.threads).hasSize(1);
	}

	@Test
	void deliversAgainAfterItHasGoneToSleep() {
		this.delivery.publish(1);
		awaitReceived(1);
		awaitAsleep();
		this.delivery.publish(2);
		awaitReceived(2);
	}

	@Test
	@DisplayName("A blocked receiver does not block who publishes; what does not fit is dropped, counted and logged once")
	void blockedReceiver(CapturedOutput output) {
		int published = EventDelivery.CAPACITY + 1000;
		IntStream.range(0, published).forEach(this.blocked::publish);
		assertThat(this.blocked.dropped()).isBetween(999L, 1000L);
		assertThat(output.toString().split("The receiver is too slow or blocked: events are dropped")).hasSize(2);
		this.gate.countDown();
		awaitReceived(published - (int) this.blocked.dropped());
	}

	@Test
	@DisplayName("A receiver that throws gets the next event")
	void throwingReceiver() {
		AtomicBoolean thrown = new AtomicBoolean();
		try (EventDelivery<Integer> throwing = new EventDelivery<>("The receiver", threadFactory(), (event) -> {
			if (thrown.compareAndSet(false, true)) {
				throw new AssertionError("first");
			}
			this.received.add(event);
		})) {
			throwing.publish(1);
			throwing.publish(2);
			awaitReceived(1);
		}
		assertThat(this.received).containsExactly(2);
	}

	@Test
	@DisplayName("A receiver may publish itself")
	void reentrantReceiver() {
		List<EventDelivery<Integer>> self = new ArrayList<>();
		try (EventDelivery<Integer> echo = new EventDelivery<>("The receiver", threadFactory(), (event) -> {
			this.received.add(event);
			if (event < 10) {
				self.get(0).publish(event + 1);
			}
		})) {
			self.add(echo);
			echo.publish(1);
			awaitReceived(10);
		}
	}

	@Test
	void receiverThatLeavesTheInterruptFlagBehindKeepsReceiving() {
		try (EventDelivery<Integer> interrupting = new EventDelivery<>("The receiver", threadFactory(), (event) -> {
			this.received.add(event);
			Thread.currentThread().interrupt();
		})) {
			interrupting.publish(1);
			awaitReceived(1);
			awaitAsleep();
			interrupting.publish(2);
			awaitReceived(2);
		}
	}

	@Test
	void closingDeliversWhatWaitsAndEndsTheThread() {
		IntStream.range(0, 100).forEach(this.delivery::publish);
		this.delivery.close();
		assertThat(this.received).hasSize(100);
		assertThat(this.threads).noneMatch(Thread::isAlive);
		this.delivery.publish(100);
		assertThat(this.received).hasSize(100);
	}

	@Test
	void closingDoesNotWaitForABlockedReceiver() throws InterruptedException {
		this.blocked.publish(1);
		this.entered.await();
		this.blocked.close();
		this.threads.peek().join(Duration.ofSeconds(5).toMillis());
		assertThat(this.threads).noneMatch(Thread::isAlive);
	}

	private void receiveBehindTheGate(Integer event) {
		try {
			this.entered.countDown();
			this.gate.await(1, TimeUnit.MINUTES);
			this.received.add(event);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void awaitReceived(int count) {
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> this.received.size() == count);
	}

	private void awaitAsleep() {
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.until(() -> this.threads.peek().getState() == Thread.State.WAITING);
	}

	private ThreadFactory threadFactory() {
		return (runnable) -> {
			Thread thread = new Thread(runnable, "test-events");
			thread.setDaemon(true);
			this.threads.add(thread);
			return thread;
		};
	}

}
