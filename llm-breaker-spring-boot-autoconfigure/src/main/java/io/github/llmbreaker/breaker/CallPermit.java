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

package io.github.llmbreaker.breaker;

import io.github.llmbreaker.CallOutcome;
import org.jspecify.annotations.Nullable;

/**
 * One admitted call: it may run, and must be completed exactly once. Safe to use from any
 * thread; completing twice does nothing.
 *
 * @since 0.1.0
 */
public final class CallPermit {

	/**
	 * Returns the gate it came through.
	 * @return the gate
	 */
	public TargetGate gate() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Returns how long the call has been running.
	 * @return nanoseconds since admission
	 */
	public long elapsedNanos() {
		throw new UnsupportedOperationException();
	}

	/**
	 * The head of a good answer that is no stream has arrived: the provider is well.
	 */
	public void answered() {
		throw new UnsupportedOperationException();
	}

	/**
	 * The first content event of a stream has arrived: the provider is well, and so is
	 * the model, unless streams were what failed.
	 */
	public void contentStarted() {
		throw new UnsupportedOperationException();
	}

	/**
	 * The call has ended.
	 * @param outcome how, as the provider's dialect sees it
	 * @return the outcome as judged by policy and customizers; on later calls the first
	 * one's
	 */
	public CallOutcome complete(CallOutcome outcome) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Whether the call has ended.
	 * @return whether it was completed
	 */
	public boolean isCompleted() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Returns the guarded call that runs on this thread.
	 * @return the innermost permit, or {@code null}
	 */
	public static @Nullable CallPermit current() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Makes this the guarded call of this thread until the scope is closed.
	 * @return the scope, to be closed on the same thread
	 */
	public Scope makeCurrent() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Ends when the thread leaves the guarded call.
	 *
	 * @since 0.1.0
	 */
	@FunctionalInterface
	public interface Scope extends AutoCloseable {

		@Override
		void close();

	}

}
