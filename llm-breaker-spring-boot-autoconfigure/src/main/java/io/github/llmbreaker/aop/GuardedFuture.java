// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.call.Outcomes;
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
		running.complete(Outcomes.abandoned(running, null));
		if (this.source instanceof Future<?> future) {
			future.cancel(true);
		}
	}

}
