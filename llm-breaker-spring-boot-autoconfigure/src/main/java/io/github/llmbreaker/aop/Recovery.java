// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.util.concurrent.CompletionException;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.call.CallPlan;
import io.github.llmbreaker.call.NextStep;
import org.jspecify.annotations.Nullable;

/**
 * Decides what comes after each failed attempt of one call.
 */
final class Recovery {

	private final CallPlan plan;

	private boolean answerable;

	Recovery(CallPlan plan) {
		this.plan = plan;
	}

	CallPlan plan() {
		return this.plan;
	}

	/**
	 * Whether someone else may answer: the call was rejected, or failed for a reason that
	 * lies with the provider or model.
	 */
	boolean isAnswerable() {
		return this.answerable;
	}

	NextStep afterRejection(LlmCallRejectedException rejection) {
		this.answerable = true;
		return this.plan.afterRejection(rejection);
	}

	NextStep afterFailure(CallPermit permit, CallOutcome outcome, Throwable error) {
		LlmCallRejectedException rejection = rejection(error);
		if (rejection != null) {
			return afterRejection(rejection);
		}
		if (permit.isReportedInside()) {
			this.plan.triedInside();
		}
		this.answerable |= CallPlan.isRerouted(outcome);
		return this.plan.afterFailure(outcome, error);
	}

	/**
	 * Returns the rejection by a guard inside of the attempt.
	 */
	private static @Nullable LlmCallRejectedException rejection(Throwable error) {
		Throwable inner = (error instanceof CompletionException && error.getCause() != null) ? error.getCause() : error;
		return (inner instanceof LlmCallRejectedException rejection) ? rejection : null;
	}

}
