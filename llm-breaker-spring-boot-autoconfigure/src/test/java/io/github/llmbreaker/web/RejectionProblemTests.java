// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionException;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RejectionProblem}.
 */
class RejectionProblemTests {

	@ParameterizedTest
	@CsvSource({ "PT0S, 1", "PT0.001S, 1", "PT1S, 1", "PT1.000000001S, 2", "PT12.3S, 13", "PT60S, 60", "PT5M, 300" })
	@DisplayName("Seconds are rounded up, and at least 1")
	void retryAfterIsRoundedUp(Duration wait, long seconds) {
		assertThat(find(rejection("gpt-4.1", OutcomeKind.OVERLOADED, wait)).retryAfterSeconds()).isEqualTo(seconds);
	}

	@Test
	void bodyNamesStateReasonAndWait() {
		assertThat(body(rejection("gpt-4.1", OutcomeKind.OVERLOADED, Duration.ofMillis(12_300)))).isEqualTo("""
				{"title":"Service Unavailable","status":503,\
				"detail":"Circuit breaker \\u0027openai:gpt-4.1\\u0027 is open after OVERLOADED, retry in 12.3s",\
				"state":"OPEN","reason":"OVERLOADED","retryAfter":13}""".replace("\\u0027", "'"));
	}

	@Test
	void bodyHasNoReasonWhenNothingTrippedIt() {
		assertThat(body(rejection("gpt-4.1", null, Duration.ofSeconds(1)))).doesNotContain("reason");
	}

	@Test
	void modelNamesAreEscaped() {
		assertThat(body(rejection("a\"b\\c</script>\u2028\u00fc\ud83d\ude00", null, Duration.ZERO)))
			.contains("openai:a\\u0022b\\u005cc\\u003c/script>\\u2028\\u00fc\\ud83d\\ude00'");
	}

	@Test
	void isFoundOneLevelDown() {
		LlmCallRejectedException rejection = rejection("gpt-4.1", null, Duration.ZERO);
		assertThat(RejectionProblem.find(new CompletionException(rejection))).isNotNull();
		assertThat(RejectionProblem.find(new IllegalStateException(new CompletionException(rejection)))).isNull();
		assertThat(RejectionProblem.find(new IllegalStateException())).isNull();
	}

	private static String body(LlmCallRejectedException rejection) {
		return new String(find(rejection).body(), StandardCharsets.UTF_8);
	}

	private static RejectionProblem find(LlmCallRejectedException rejection) {
		RejectionProblem problem = RejectionProblem.find(rejection);
		assertThat(problem).isNotNull();
		return problem;
	}

	private static LlmCallRejectedException rejection(String model, @Nullable OutcomeKind reason, Duration wait) {
		return new LlmCallRejectedException("openai:" + model, LlmTarget.of("openai", model), BreakerState.OPEN, reason,
				wait);
	}

}
