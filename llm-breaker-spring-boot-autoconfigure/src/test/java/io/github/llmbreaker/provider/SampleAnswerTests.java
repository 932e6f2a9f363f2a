// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.time.Duration;
import java.util.List;

import io.github.llmbreaker.CallOutcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Judges answers that vary what providers are known to send.
 */
class SampleAnswerTests {

	static List<SampleAnswer> answers() {
		return SampleAnswer.all();
	}

	@ParameterizedTest
	@MethodSource("answers")
	void judgesAnswer(SampleAnswer answer) {
		for (int chunkSize : new int[] { 1 << 20, 13, 3, 1 }) {
			assertThat(rounded(answer.judge(chunkSize))).as("pieces of %d bytes", chunkSize)
				.isEqualTo(answer.expected());
		}
	}

	private static CallOutcome rounded(CallOutcome outcome) {
		Duration wait = outcome.retryAfter();
		Duration rounded = (wait != null) ? Duration.ofMillis(Math.round(wait.toNanos() / 1e6)) : null;
		return new CallOutcome(outcome.kind(), outcome.scope(), outcome.countsAsFailure(), rounded, outcome.status());
	}

}
