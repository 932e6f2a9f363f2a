/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.llmbreaker.fallback;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

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
		boolean opened = new CountDownLatch(1).await(delay.toNanos(), TimeUnit.NANOSECONDS);
		assert !opened;
	}

}
