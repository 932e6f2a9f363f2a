// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import io.github.llmbreaker.LlmCallTrace;
import io.github.llmbreaker.LlmTarget;

import org.springframework.http.HttpHeaders;

/**
 * Tells the caller which target answered, after how many attempts.
 */
final class TraceHeaders {

	static final String TARGET = "x-llm-breaker-target";

	static final String ATTEMPTS = "x-llm-breaker-attempts";

	private TraceHeaders() {
	}

	static void add(HttpHeaders headers, LlmCallTrace trace) {
		LlmTarget target = trace.target();
		if (target != null) {
			headers.set(TARGET, target.provider() + ":" + ((target.model() != null) ? target.model() : "*"));
		}
		headers.set(ATTEMPTS, Integer.toString(trace.attempts()));
	}

}
