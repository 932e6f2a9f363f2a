// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BodyBudget}.
 */
class BodyBudgetTests {

	private static final int KIBIBYTE = 1024;

	@Test
	void longBodiesNeedMemoryAndShortOnesPass() {
		BodyBudget budget = new BodyBudget(1024 * KIBIBYTE);
		assertThat(budget.reserve(1024 * KIBIBYTE, 1024 * KIBIBYTE)).isTrue();
		assertThat(budget.reserve(70 * KIBIBYTE, 70 * KIBIBYTE)).isFalse();
		assertThat(budget.reserve(KIBIBYTE, KIBIBYTE)).isTrue();
		budget.giveBack(1024 * KIBIBYTE);
		assertThat(budget.reserve(70 * KIBIBYTE, 70 * KIBIBYTE)).isTrue();
		budget.giveBack(71 * KIBIBYTE);
		assertThat(budget.used()).isZero();
	}

}
