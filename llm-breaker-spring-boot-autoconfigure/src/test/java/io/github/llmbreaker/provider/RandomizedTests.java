// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class RandomizedTests {

	@Test
	void everyRunHasInputOfItsOwn() {
		List<Long> inputs = new ArrayList<>();
		Randomized.run(100, (random, input) -> inputs.add(random.nextLong()));
		assertThat(inputs).hasSize(100).doesNotHaveDuplicates();
	}

	@Test
	void seedOfAFailureShowsItsInputInTheFirstRun() {
		List<Long> inputs = new ArrayList<>();
		Randomized.Body body = (random, input) -> {
			inputs.add(random.nextLong());
			assertThat(inputs.get(inputs.size() - 1) % 8).isNotZero();
		};
		AssertionError failure = fail(1_000, body);
		long failing = inputs.get(inputs.size() - 1);
		inputs.clear();
		Matcher seed = Pattern.compile("-Dllm-breaker\\.seed=(-?\\d+)$").matcher(failure.getMessage());
		assertThat(seed.find()).isTrue();
		catchThrowableOfType(AssertionError.class, () -> Randomized.run(1_000, Long.parseLong(seed.group(1)), body));
		assertThat(inputs).containsExactly(failing);
	}

	@Test
	void failureSaysWhatHappenedWithWhichInput() {
		IllegalStateException cause = new IllegalStateException("x");
		AssertionError failure = fail(3, (random, input) -> {
			input.note("body", new byte[] { 'a', '\n', (byte) 0xff });
			input.note("status", 428);
			input.note("status", 429);
			input.note("header", null);
			input.note("path", "\ud800" + "x".repeat(600));
			throw cause;
		});
		assertThat(failure).hasCause(cause)
			.hasMessageStartingWith("Run 1 of 3 failed with body = \"a\\u000a\\u00ff\", status = 429, header = null, "
					+ "path = \"\\ud800" + "x".repeat(499) + "\"... (601 long). To run it again: ")
			.hasMessageContaining(" -Dtest=" + RandomizedTests.class.getName() + " -D");
	}

	private static AssertionError fail(int runs, Randomized.Body body) {
		return catchThrowableOfType(AssertionError.class, () -> Randomized.run(runs, body));
	}

}
