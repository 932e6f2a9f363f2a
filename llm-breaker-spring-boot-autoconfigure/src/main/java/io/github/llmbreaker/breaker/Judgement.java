// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether an outcome counts as a failure: first the policy, then the customizers.
 */
final class Judgement {

	private static final Logger logger = LoggerFactory.getLogger(Judgement.class);

	private final List<OutcomeCustomizer> customizers;

	private final Set<Class<?>> reported = ConcurrentHashMap.newKeySet();

	Judgement(List<OutcomeCustomizer> customizers) {
		this.customizers = List.copyOf(customizers);
	}

	CallOutcome judge(LlmTarget target, BreakerPolicy policy, CallOutcome outcome) {
		CallOutcome judged = withCounts(outcome, canCount(outcome) && policy.count().contains(outcome.kind()));
		for (OutcomeCustomizer customizer : this.customizers) {
			judged = customize(customizer, target, judged);
		}
		return judged;
	}

	private CallOutcome customize(OutcomeCustomizer customizer, LlmTarget target, CallOutcome outcome) {
		try {
			CallOutcome customized = customizer.customize(target, outcome);
			return withCounts(customized, customized.countsAsFailure() && canCount(customized));
		}
		catch (Throwable ex) {
			if (this.reported.add(customizer.getClass())) {
				logger.warn(
						"Outcome customizer {} threw an exception, its outcomes stay as they were. Fix the "
								+ "customizer. Its further exceptions are not logged",
						customizer.getClass().getName(), ex);
			}
			return outcome;
		}
	}

	private static boolean canCount(CallOutcome outcome) {
		return switch (outcome.kind()) {
			case SUCCESS, CANCELLED -> false;
			case RATE_LIMITED, OVERLOADED, QUOTA_EXHAUSTED, AUTH, PERMISSION, SERVER_ERROR, TIMEOUT, CONNECT_ERROR,
					STREAM_ERROR, CLIENT_ERROR, MODEL_NOT_FOUND, CONTEXT_LENGTH, CONTENT_FILTERED ->
				true;
		};
	}

	private static CallOutcome withCounts(CallOutcome outcome, boolean counts) {
		return (outcome.countsAsFailure() == counts) ? outcome
				: new CallOutcome(outcome.kind(), outcome.scope(), counts, outcome.retryAfter(), outcome.status());
	}

}
