// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.actuate.endpoint;

import java.time.Duration;

import io.github.llmbreaker.BreakerState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link StateCommand}.
 */
class StateCommandTests {

	@ParameterizedTest
	@CsvSource({ "FORCED_OPEN, FORCED_OPEN", "forced-open, FORCED_OPEN", "closed, CLOSED", "' Disabled ', DISABLED",
			"half_open, HALF_OPEN" })
	void readsStatesInAnySpelling(String text, BreakerState state) {
		assertThat(StateCommand.parse(text, null)).isEqualTo(new StateCommand(state, null));
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "OPEN", "FORCED", "1" })
	void whenStateIsUnknownThenSaysWhichExist(@Nullable String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> StateCommand.parse(text, null))
			.withMessage("'state' must be one of FORCED_OPEN, CLOSED, DISABLED, HALF_OPEN");
	}

	@ParameterizedTest
	@CsvSource({ "PT10M, PT10M", "10m, PT10M", "90s, PT1M30S", "1h30m, PT1H30M", "500ms, PT0.5S", "P365D, P365D" })
	void readsDurationsInBothSpellings(String text, Duration duration) {
		assertThat(StateCommand.parse("FORCED_OPEN", text).duration()).isEqualTo(duration);
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "-10m", "-PT1S", "10", "ten", "P366D", "PT99999999999999999999H", "10 parsecs" })
	void refusesDurationsOutOfRangeOrWithoutSense(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> StateCommand.parse("FORCED_OPEN", text))
			.withMessageStartingWith("'duration' must be positive");
	}

	@Test
	void durationGoesWithForcedOpenOnly() {
		assertThatIllegalArgumentException().isThrownBy(() -> StateCommand.parse("CLOSED", "PT1M"))
			.withMessage("'duration' is allowed for FORCED_OPEN only");
	}

}
