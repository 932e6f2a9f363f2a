// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker;

import java.io.Serial;
import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * A circuit breaker rejected the call; no request was sent. Deliberately not an
 * {@link java.io.IOException}, which HTTP clients would retry, and without a stack trace.
 *
 * @since 0.1.0
 */
public class LlmCallRejectedException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private static final long NANOS_PER_TENTH = 100_000_000L;

	private final String breaker;

	private final transient LlmTarget target;

	private final BreakerState state;

	private final @Nullable OutcomeKind reason;

	private final Duration retryAfter;

	/**
	 * Creates a rejection.
	 * @param breaker the name of the breaker that rejected the call
	 * @param target the call's own target
	 * @param state the breaker's state
	 * @param reason the kind of failure that opened the breaker; {@code null} if none did
	 * @param retryAfter when to come back; zero if not known
	 */
	public LlmCallRejectedException(String breaker, LlmTarget target, BreakerState state, @Nullable OutcomeKind reason,
			Duration retryAfter) {
		// suppressed failures of other targets can be added
		super(null, null, true, false);
		this.breaker = breaker;
		this.target = target;
		this.state = state;
		this.reason = reason;
		this.retryAfter = retryAfter;
	}

	/**
	 * Returns what was to be called, also when the provider's breaker rejected it.
	 * @return the call's own target
	 */
	public LlmTarget getTarget() {
		return this.target;
	}

	/**
	 * Returns the state of the breaker that rejected the call.
	 * @return open, half-open or forced open
	 */
	public BreakerState getState() {
		return this.state;
	}

	/**
	 * Returns the kind of failure that opened the breaker.
	 * @return the kind, or {@code null} if nothing tripped it
	 */
	public @Nullable OutcomeKind getReason() {
		return this.reason;
	}

	/**
	 * Returns when to come back: the rest of the cooldown, one second while probing.
	 * @return the time to wait; zero if forced open until told otherwise
	 */
	public Duration getRetryAfter() {
		return this.retryAfter;
	}

	@Override
	public String getMessage() {
		return "Circuit breaker '%s' is %s%s".formatted(this.breaker, describeState(), describeWait());
	}

	private String describeState() {
		return switch (this.state) {
			case HALF_OPEN -> "half-open and probing";
			case FORCED_OPEN -> "forced open";
			case OPEN -> (this.reason != null) ? "open after " + this.reason : "open";
			case CLOSED -> "closed";
			case DISABLED -> "disabled";
		};
	}

	private String describeWait() {
		if (this.retryAfter.isZero()) {
			return "";
		}
		// rounded up, so that coming back after that time is never too early
		long seconds = Math.min(this.retryAfter.getSeconds(), Long.MAX_VALUE / 20);
		long tenths = seconds * 10 + (this.retryAfter.getNano() + NANOS_PER_TENTH - 1) / NANOS_PER_TENTH;
		return String.format(Locale.ROOT, ", retry in %d.%ds", tenths / 10, tenths % 10);
	}

}
