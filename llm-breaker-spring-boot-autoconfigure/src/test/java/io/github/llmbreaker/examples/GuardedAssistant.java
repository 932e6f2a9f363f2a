// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.examples;

import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmGuarded;

import org.springframework.stereotype.Service;

@Service
class GuardedAssistant {

	@LlmGuarded(provider = "openai", model = "#model", fallbackModels = "gpt-4.1-mini", fallbackMethod = "sorry")
	public String ask(String model, String question) {
		return "..."; // whatever asks this model
	}

	String sorry(String model, String question, LlmCallRejectedException rejection) {
		return "Please come back in " + rejection.getRetryAfter().toSeconds() + " seconds.";
	}

	String sorry(String model, String question, RuntimeException failure) {
		return "Please try again.";
	}

}
