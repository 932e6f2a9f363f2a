// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static io.github.llmbreaker.breaker.BreakerFixture.FAILURE;
import static io.github.llmbreaker.breaker.BreakerFixture.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LoggingBreakerListener}.
 */
class LoggingBreakerListenerTests {

	private final Logger logger = (Logger) LoggerFactory.getLogger(LoggingBreakerListener.class);

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	private final BreakerFixture fixture = BreakerFixture.with(TestPolicies.model().halfOpenCalls(1));

	@BeforeEach
	void attach() {
		this.fixture.listeners.add(new LoggingBreakerListener());
		this.appender.start();
		this.logger.addAppender(this.appender);
		this.logger.setLevel(Level.INFO);
	}

	@AfterEach
	void detach() {
		this.logger.detachAppender(this.appender);
		this.logger.setLevel(null);
	}

	@Test
	void warnsWhenItOpensAndInformsAboutTheRest() {
		this.fixture.halfOpen().call(FAILURE);
		this.fixture.time.advanceSeconds(30);
		this.fixture.call(SUCCESS);
		assertThat(lines()).containsExactly(
				"WARN Circuit breaker 'openai:gpt-4.1' is open after OVERLOADED (status 529), 5 failure(s) counted, "
						+ "until 2026-11-20T10:00:30Z",
				"INFO Circuit breaker 'openai:gpt-4.1' is half-open: up to 1 call(s) probe",
				"WARN Circuit breaker 'openai:gpt-4.1' is open after OVERLOADED (status 529) of a probe, "
						+ "until 2026-11-20T10:01:00Z",
				"INFO Circuit breaker 'openai:gpt-4.1' is half-open: up to 1 call(s) probe",
				"INFO Circuit breaker 'openai:gpt-4.1' is closed after 60000 ms");
	}

	@Test
	void tellsWhatWasDoneByHand() {
		this.fixture.breaker().forceOpen(null);
		this.fixture.breaker().forceOpen(Duration.ofMinutes(1));
		this.fixture.breaker().disable();
		this.fixture.breaker().forceOpen(Duration.ofMinutes(1));
		assertThat(lines()).containsExactly(
				"WARN Circuit breaker 'openai:gpt-4.1' was forced open by hand, until told otherwise",
				"WARN Circuit breaker 'openai:gpt-4.1' was disabled by hand",
				"WARN Circuit breaker 'openai:gpt-4.1' was forced open by hand, until 2026-11-20T10:01:00Z");
	}

	@Test
	void callsAreLoggedAtDebugLevel() {
		CallPermit late = this.fixture.start();
		this.fixture.time.advanceSeconds(2);
		this.fixture.call(SUCCESS);
		assertThat(lines()).isEmpty();
		this.logger.setLevel(Level.DEBUG);
		this.fixture.open();
		this.fixture.rejected();
		late.complete(FAILURE);
		assertThat(lines())
			.startsWith(
					"DEBUG Call to openai:chat.completions:gpt-4.1 ended after 0 ms: OVERLOADED (status 529), counted")
			.endsWith(
					"DEBUG Call to openai:chat.completions:gpt-4.1 rejected by circuit breaker 'openai:gpt-4.1': open",
					"DEBUG A call ended late: circuit breaker 'openai:gpt-4.1' has moved on",
					"DEBUG Call to openai:chat.completions:gpt-4.1 ended after 2000 ms: OVERLOADED (status 529), counted");
	}

	private List<String> lines() {
		return this.appender.list.stream()
			.map((event) -> event.getLevel() + " " + event.getFormattedMessage())
			.toList();
	}

}
