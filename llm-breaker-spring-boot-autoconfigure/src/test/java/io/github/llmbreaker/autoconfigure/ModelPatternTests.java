// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import io.github.llmbreaker.LlmTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link ModelPattern}.
 */
class ModelPatternTests {

	@ParameterizedTest
	@CsvSource({ "gpt-4.1, gpt-4.1, true", "gpt-4.1, gpt-4.1-mini, false", "gpt-4.1*, gpt-4.1, true",
			"gpt-4.1*, gpt-4.1-mini, true", "gpt-4.1*, gpt-4x1, false", "*mini, gpt-4.1-mini, true",
			"*mini, gpt-4.1-mini-2, false", "*-mi*, a-m-mi, true", "gpt-?, gpt-4, true", "gpt-?, gpt-, false",
			"gpt-?, gpt-41, false", "*, anything, true", "*, '', true", "?*, '', false", "GPT*, gpt-4, false",
			"a*b*c, aXbXbc, true", "a*b*c, aXbXb, false", "llama3:*, llama3:8b, true", "llama3:*, llama3.1:8b, false",
			"openai:gpt*, gpt-4, true", "anthropic:gpt*, gpt-4, false", "azure-openai:*, gpt-4, false",
			"vendor/*:free, vendor/x:free, true" })
	void matchesWholeName(String pattern, String model, boolean expected) {
		assertThat(parse(pattern).matches(LlmTarget.of("openai", model))).isEqualTo(expected);
	}

	@Test
	void callsWithoutModelMatchOnlyWhatMatchesNothing() {
		LlmTarget target = new LlmTarget("openai", null, null);
		assertThat(parse("*").matches(target)).isTrue();
		assertThat(parse("openai:*").matches(target)).isTrue();
		assertThat(parse("gpt*").matches(target)).isFalse();
	}

	@Test
	void providerIsThePartBeforeTheFirstColonOnlyIfThereIsSuchAProvider() {
		assertThat(parse("openai:ft:gpt-4o:org")).isEqualTo(new ModelPattern("openai", "ft:gpt-4o:org"));
		assertThat(parse("llama3:8b")).isEqualTo(new ModelPattern(null, "llama3:8b"));
		assertThat(parse(":8b")).isEqualTo(new ModelPattern(null, ":8b"));
	}

	@Test
	void manyStarsTakeNoLongTime() {
		LlmTarget target = LlmTarget.of("openai", "a".repeat(200));
		assertThat(parse("a*".repeat(60) + "b").matches(target)).isFalse();
	}

	@Test
	void spellingOutMoreIsMoreSpecific() {
		assertThat(parse("gpt-4.1*").specificity()).isGreaterThan(parse("gpt-4*").specificity());
		assertThat(parse("openai:gpt-4*").specificity()).isGreaterThan(parse("gpt-4*").specificity());
		assertThat(parse("gpt-4.1").specificity()).isGreaterThan(parse("gpt-4.1*").specificity());
		assertThat(parse("gpt-4*1").specificity()).isEqualTo(parse("gpt-*.1").specificity());
	}

	private static ModelPattern parse(String text) {
		return ModelPattern.parse(text, "openai azure-openai anthropic"::contains);
	}

}
