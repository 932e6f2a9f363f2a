// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.chat;

import java.util.Map;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import org.springframework.web.server.ResponseStatusException;

/**
 * The chat: {@code /chat/gpt?q=...} and {@code /chat/claude?q=...}, in one piece or as a
 * stream. There is nothing about rejected calls here: they become a 503 by themselves.
 */
@RestController
@RequestMapping("/chat/{assistant}")
final class ChatController {

	private final Map<String, Assistant> assistants;

	ChatController(Map<String, Assistant> assistants) {
		this.assistants = assistants;
	}

	@GetMapping
	Mono<Piece> answer(@PathVariable String assistant, @RequestParam("q") String question) {
		return find(assistant).answer(question).map(Piece::new);
	}

	@GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<Piece> stream(@PathVariable String assistant, @RequestParam("q") String question) {
		return find(assistant).stream(question).map(Piece::new);
	}

	@ExceptionHandler
	ProblemDetail providerFailed(WebClientResponseException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_GATEWAY,
				"The provider answered " + ex.getStatusCode().value());
	}

	@ExceptionHandler
	ProblemDetail providerFailed(BrokenAnswerException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_GATEWAY, ex.getMessage());
	}

	private Assistant find(String name) {
		Assistant assistant = this.assistants.get(name);
		if (assistant == null) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no assistant of that name");
		}
		return assistant;
	}

	/**
	 * An answer or a piece of it. JSON, because a plain event stream loses leading
	 * blanks.
	 *
	 * @param text what the model says
	 */
	record Piece(String text) {
	}

}
