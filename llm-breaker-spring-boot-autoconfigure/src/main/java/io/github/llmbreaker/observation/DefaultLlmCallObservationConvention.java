// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.observation;

import java.util.Locale;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmTarget;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

/**
 * Names calls {@code llm.call}. The keys are the tags of the meters where there is one.
 * Those of low cardinality: {@code provider}, {@code endpoint}, {@code model},
 * {@code outcome} (a kind in lower case, or {@code rejected}), {@code state} of the
 * breaker, {@code attempts}, {@code fallback} (the target, or {@code none}). Those of
 * high cardinality: {@code target} (the full name of what was asked for), {@code status}
 * of the answer where there was one.
 *
 * @since 0.1.0
 */
public class DefaultLlmCallObservationConvention implements LlmCallObservationConvention {

	private static final String NAME = "llm.call";

	private static final String NONE = "none";

	/** More than anyone configures. */
	private static final int MOST_ATTEMPTS = 20;

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public String getContextualName(LlmCallObservationContext context) {
		return NAME + " " + context.getTarget().providerId() + ":" + context.getModelName();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(LlmCallObservationContext context) {
		LlmTarget target = context.getTarget();
		LlmTarget fallback = context.getFallback();
		return KeyValues.of(KeyValue.of("provider", target.providerId()),
				KeyValue.of("endpoint", orAny(target.endpoint())), KeyValue.of("model", context.getModelName()),
				KeyValue.of("outcome", outcome(context)), KeyValue.of("state", lower(context.getState())),
				KeyValue.of("attempts", String.valueOf(Math.min(context.getAttempts(), MOST_ATTEMPTS))),
				KeyValue.of("fallback", (fallback != null) ? nameOf(fallback) : NONE));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(LlmCallObservationContext context) {
		CallOutcome outcome = context.getOutcome();
		KeyValues values = KeyValues.of("target", nameOf(context.getTarget()));
		return (outcome != null && outcome.status() != null) ? values.and("status", String.valueOf(outcome.status()))
				: values;
	}

	private static String outcome(LlmCallObservationContext context) {
		CallOutcome outcome = context.getOutcome();
		if (outcome != null) {
			return lower(outcome.kind());
		}
		return context.isRejected() ? "rejected" : NONE;
	}

	/** Returns the name of a target, whatever its partition. */
	static String nameOf(LlmTarget target) {
		return target.providerId() + ":" + orAny(target.model());
	}

	private static String orAny(@Nullable String value) {
		return (value != null) ? value : "*";
	}

	private static String lower(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

}
