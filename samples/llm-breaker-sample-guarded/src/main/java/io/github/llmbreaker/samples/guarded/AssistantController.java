// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.guarded;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClientResponseException;

/**
 * Answers {@code /ask?q=...}. A rejected call becomes a 503 with {@code Retry-After} by
 * itself.
 */
@RestController
final class AssistantController {

	private final Assistant assistant;

	AssistantController(Assistant assistant) {
		this.assistant = assistant;
	}

	@GetMapping("/ask")
	String ask(@RequestParam("q") String question) {
		return this.assistant.ask("gpt-4.1", question);
	}

	@ExceptionHandler
	ProblemDetail providerFailed(RestClientResponseException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_GATEWAY,
				"The provider answered " + ex.getStatusCode().value());
	}

}
