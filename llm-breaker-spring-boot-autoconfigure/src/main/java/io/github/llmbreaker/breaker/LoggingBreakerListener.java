// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.Locale;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmTarget;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what happens at the breakers to the log: a warning when one opens, an info when
 * it probes and when it is closed again, calls at debug level. Names, kinds, numbers and
 * times only.
 *
 * @since 0.1.0
 */
public final class LoggingBreakerListener implements BreakerListener {

	private static final Logger logger = LoggerFactory.getLogger(LoggingBreakerListener.class);

	@Override
	public void onStateChange(BreakerView breaker, StateChange change) {
		switch (change.to()) {
			case OPEN -> logger.warn("Circuit breaker '{}' is open after {}{}, until {}", breaker.name(), cause(change),
					count(change), end(change));
			case FORCED_OPEN ->
				logger.warn("Circuit breaker '{}' was forced open by hand, until {}", breaker.name(), end(change));
			case HALF_OPEN -> logger.info("Circuit breaker '{}' is half-open: up to {} call(s) probe", breaker.name(),
					breaker.policy().halfOpen().calls());
			case CLOSED -> logger.info("Circuit breaker '{}' is closed{}", breaker.name(), outage(change));
			case DISABLED -> logger.warn("Circuit breaker '{}' was disabled by hand", breaker.name());
		}
	}

	@Override
	public void onRejected(BreakerView breaker, LlmTarget target, RejectReason reason) {
		// asked first: a supplier would be an object for each call
		if (logger.isDebugEnabled()) {
			logger.debug("Call to {} rejected by circuit breaker '{}': {}", describe(target), breaker.name(),
					reason.name().toLowerCase(Locale.ROOT));
		}
	}

	@Override
	public void onCompleted(GateView gate, CallOutcome outcome, long nanos) {
		if (logger.isDebugEnabled()) {
			logger.debug("Call to {} ended after {} ms: {}{}{}", describe(gate.target()),
					Duration.ofNanos(nanos).toMillis(), outcome.kind(), status(outcome.status()),
					outcome.countsAsFailure() ? ", counted" : "");
		}
	}

	@Override
	public void onLate(BreakerView breaker) {
		logger.atDebug().log(() -> "A call ended late: circuit breaker '%s' has moved on".formatted(breaker.name()));
	}

	private static String cause(StateChange change) {
		return (change.kind() != null) ? change.kind() + status(change.status()) : "no failure";
	}

	private static String count(StateChange change) {
		return switch (change.from()) {
			case CLOSED -> ", " + change.failures() + " failure(s) counted";
			case HALF_OPEN -> " of a probe";
			case OPEN, FORCED_OPEN, DISABLED -> "";
		};
	}

	private static String end(StateChange change) {
		Duration remaining = change.remaining();
		return (remaining != null) ? change.at().plus(remaining).toString() : "told otherwise";
	}

	private static String outage(StateChange change) {
		Duration outage = change.outage();
		return (outage != null) ? " after " + outage.toMillis() + " ms" : "";
	}

	private static String status(@Nullable Integer status) {
		return (status != null) ? " (status " + status + ")" : "";
	}

	private static String describe(LlmTarget target) {
		return target.provider() + ":" + orAny(target.endpoint()) + ":" + orAny(target.model());
	}

	private static String orAny(@Nullable String part) {
		return (part != null) ? part : "*";
	}

}
