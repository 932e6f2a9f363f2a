// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a breaker opened for, as its rule saw it then.
 *
 * @param rule the rule
 * @param since when the first of the calls began that were judged
 * @param failures how many of them failed
 * @param calls how many began, running ones included
 * @param proofs how many had given a proof of life
 * @param evidence how strongly they spoke for a dead model; {@code null} if the rule does
 * not weigh
 * @param bar how much evidence was needed; {@code null} if the rule does not weigh
 * @since 0.1.0
 */
public record OpeningDecision(OpeningStrategy rule, Instant since, int failures, int calls, int proofs,
		@Nullable Double evidence, @Nullable Double bar) {

	static OpeningDecision of(OpeningStrategy rule, Decision decision, Timestamp now) {
		boolean weighed = !Double.isNaN(decision.bar());
		return new OpeningDecision(rule, now.instant().minusNanos(now.nanos() - decision.since()), decision.failures(),
				decision.calls(), decision.proofs(), weighed ? decision.evidence() : null,
				weighed ? decision.bar() : null);
	}

}
