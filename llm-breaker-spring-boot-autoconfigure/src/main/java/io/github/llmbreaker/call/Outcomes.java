// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.time.Duration;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.provider.thrown.ClientFailures;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outcomes that no provider tells.
 *
 * @since 0.1.0
 */
public final class Outcomes {

	/** The caller wants no more. */
	public static final CallOutcome CANCELLED = neutral(OutcomeKind.CANCELLED, null);

	/** The call has gone well, over no HTTP that we see. */
	public static final CallOutcome SUCCESS = neutral(OutcomeKind.SUCCESS, null);

	/** A stream over no HTTP that we see has ended before it began. */
	public static final CallOutcome EMPTY_STREAM = new CallOutcome(OutcomeKind.STREAM_ERROR, OutcomeScope.MODEL, true,
			null, null);

	/** Something failed that says nothing about the provider. */
	public static final CallOutcome LOCAL = neutral(OutcomeKind.CLIENT_ERROR, null);

	/** Who leaves later than this has waited too long. */
	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Logger logger = LoggerFactory.getLogger(Outcomes.class);

	private Outcomes() {
	}

	/** Returns the outcome of a good answer. */
	public static CallOutcome success(int status) {
		return neutral(OutcomeKind.SUCCESS, status);
	}

	/**
	 * Returns the outcome of an answer that neither is good nor says that anything
	 * failed.
	 */
	public static CallOutcome neutral(int status) {
		return neutral(OutcomeKind.CLIENT_ERROR, status);
	}

	/**
	 * Returns the outcome of a request that something else than the provider has
	 * answered, such as a login page in front of it.
	 */
	public static CallOutcome diverted(int status) {
		return new CallOutcome(OutcomeKind.CONNECT_ERROR, OutcomeScope.PROVIDER, true, null, status);
	}

	/** Returns the outcome of an answer whose head is not HTTP as it should be. */
	public static CallOutcome malformed() {
		return new CallOutcome(OutcomeKind.SERVER_ERROR, OutcomeScope.MODEL, true, null, null);
	}

	/** Returns the outcome of a call that took too long. */
	public static CallOutcome timeout(@Nullable Integer status) {
		return new CallOutcome(OutcomeKind.TIMEOUT, OutcomeScope.MODEL, true, null, status);
	}

	/** Returns the outcome of a call whose caller left. */
	public static CallOutcome cancelled(@Nullable Integer status) {
		return neutral(OutcomeKind.CANCELLED, status);
	}

	/**
	 * Returns the outcome of a call whose caller left before anything had arrived: a time
	 * limit of its own, if it has waited for the policy's slow call duration, or for 60
	 * seconds without one. Who hangs up while others get their answers was impatient.
	 */
	public static CallOutcome abandoned(CallPermit permit, @Nullable Integer status) {
		Duration slow = permit.gate().policy().breaker().slowCallDuration();
		Duration waited = Duration.ofNanos(permit.elapsedNanos());
		boolean patient = waited.compareTo((slow != null) ? slow : PATIENCE) >= 0;
		return (patient && !permit.isModelAlive()) ? timeout(status) : cancelled(status);
	}

	/**
	 * Returns the outcome of a call that has thrown something. Judging it never throws,
	 * whatever a dialect of the application does: the caller gets what was thrown.
	 */
	public static CallOutcome thrown(ClientFailures failures, Throwable thrown, LlmTarget target) {
		return thrown(failures, thrown, target, false);
	}

	static CallOutcome thrown(ClientFailures failures, Throwable thrown, LlmTarget target, boolean started) {
		try {
			return failures.classify(thrown, target, started);
		}
		catch (RuntimeException | Error ex) {
			logger.debug("An exception of a call to {} could not be judged", target, ex);
			return LOCAL;
		}
	}

	/**
	 * Returns whether the provider does not want to see the request again. Never throws,
	 * either.
	 */
	static boolean isAgainstRetry(Throwable thrown) {
		try {
			return ClientFailures.isAgainstRetry(thrown);
		}
		catch (RuntimeException | Error ex) {
			logger.debug("An exception of a call could not be read", ex);
			return false;
		}
	}

	private static CallOutcome neutral(OutcomeKind kind, @Nullable Integer status) {
		return new CallOutcome(kind, OutcomeScope.NONE, false, null, status);
	}

}
