// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of targets in a partition of a provider.
 */
class LlmTargetPartitionTests {

	@Test
	void partitionFollowsTheFirstAtSignAndKeepsItsCase() {
		LlmTarget target = LlmTarget.of("OpenAI@Joe@example.com", "gpt-4.1");
		assertThat(target.provider()).isEqualTo("openai@Joe@example.com");
		assertThat(target.providerId()).isEqualTo("openai");
		assertThat(target.partition()).isEqualTo("Joe@example.com");
	}

	@Test
	void targetWithoutPartitionHasItsProvidersIdOnly() {
		LlmTarget target = LlmTarget.of("OpenAI", "gpt-4.1");
		assertThat(target.providerId()).isEqualTo("openai");
		assertThat(target.partition()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai@", "@tenant-a", "@", "openai@ ", "openai@a:b" })
	void halfOfANameIsNone(String provider) {
		assertThatIllegalArgumentException().isThrownBy(() -> LlmTarget.of(provider, "gpt-4.1"))
			.withMessageContaining(provider);
	}

}
