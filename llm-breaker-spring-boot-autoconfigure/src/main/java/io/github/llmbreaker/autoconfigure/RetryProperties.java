// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.time.Duration;
import java.util.Set;

import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.RetryPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Name;

import static io.github.llmbreaker.autoconfigure.PolicyProperties.or;

/**
 * The keys of a retry policy that were set; all others are inherited.
 *
 * @param maxRetries Number of retries after the first attempt; 0 turns them off.
 * @param backoff Time before the first retry, doubled for each further one.
 * @param maxBackoff Greatest time before a retry.
 * @param jitter Share of the time by which it varies up and down.
 * @param maxRetryAfter Greatest wait asked by the provider that is waited for; a longer
 * one means no retry.
 * @param budget Percentage of a target's calls over 10 seconds that retries may come to,
 * and one a second always; beyond it a failure is not retried. 0 is no limit.
 * @param on Kinds of outcome that are retried; replaces the inherited list.
 * @param onAsReadByYaml Kinds of outcome that are retried, for YAML, which takes an
 * unquoted key "on" for the boolean.
 */
record RetryProperties(@Nullable Integer maxRetries, @Nullable Duration backoff, @Nullable Duration maxBackoff,
		@Nullable Double jitter, @Nullable Duration maxRetryAfter, @Nullable Double budget,
		@Nullable Set<OutcomeKind> on, @Name("true") @Nullable Set<OutcomeKind> onAsReadByYaml) {

	RetryProperties {
		on = (on != null) ? on : onAsReadByYaml;
	}

	/**
	 * Returns a policy with the keys set here instead of its own.
	 */
	RetryPolicy over(RetryPolicy base) {
		return new RetryPolicy(or(this.maxRetries, base.maxRetries()), or(this.backoff, base.backoff()),
				or(this.maxBackoff, base.maxBackoff()), or(this.jitter, base.jitter()),
				or(this.maxRetryAfter, base.maxRetryAfter()), or(this.budget, base.budget()),
				(this.on != null) ? Set.copyOf(this.on) : base.on());
	}

}
