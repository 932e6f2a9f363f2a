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
