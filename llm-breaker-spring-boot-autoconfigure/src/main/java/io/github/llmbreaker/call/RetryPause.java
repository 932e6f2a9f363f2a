// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.llmbreaker.breaker.Nanos;

/**
 * Lets the calling thread wait before a retry. Holds no lock and does not pin a virtual
 * thread.
 *
 * @since 0.1.0
 */
public final class RetryPause {

	private RetryPause() {
	}

	/**
	 * Waits.
	 * @param delay how long
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static void of(Duration delay) throws InterruptedException {
		// a latch that nobody opens: waiting for it is the wait
		boolean opened = new CountDownLatch(1).await(Nanos.of(delay), TimeUnit.NANOSECONDS);
		assert !opened;
	}

}
