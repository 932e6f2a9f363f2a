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

package io.github.llmbreaker.aop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

import io.github.llmbreaker.breaker.CallPermit;
import org.jspecify.annotations.Nullable;

/**
 * What the caller of an asynchronous guarded call holds. Ending it from outside gives up
 * the call behind it.
 */
final class GuardedFuture extends CompletableFuture<@Nullable Object> {

	private volatile @Nullable CallPermit permit;

	private volatile @Nullable CompletionStage<?> source;

	GuardedFuture() {
		whenComplete((value, error) -> giveUp());
	}

	/**
	 * An attempt has begun.
	 * @param permit the attempt's permit
	 * @param source where its result comes from
	 */
	void runs(CallPermit permit, CompletionStage<?> source) {
		this.permit = permit;
		this.source = source;
		if (isDone()) {
			giveUp();
		}
	}

	/**
	 * Ends the attempt, unless it has ended by itself.
	 */
	private void giveUp() {
		CallPermit running = this.permit;
		if (running == null || running.isCompleted()) {
			return;
		}
		running.complete(AbandonedCall.outcome(running));
		if (this.source instanceof Future<?> future) {
			future.cancel(true);
		}
	}

}
