/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
