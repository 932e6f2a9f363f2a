// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

/**
 * What a rule has opened a breaker for.
 *
 * @param since when the first of the calls began, as a reading of the ticker
 * @param failures how many of them failed
 * @param calls how many began
 * @param proofs how many gave a proof of life
 * @param evidence how strongly they speak for a dead model; not a number if the rule does
 * not weigh
 * @param bar how much evidence was needed
 */
record Decision(long since, int failures, int calls, int proofs, double evidence, double bar) {

	static Decision ofRow(long since, int failures) {
		return new Decision(since, failures, failures, 0, Double.NaN, Double.NaN);
	}

}
