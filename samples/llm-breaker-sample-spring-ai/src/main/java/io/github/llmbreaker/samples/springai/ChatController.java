// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.springai;

import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers questions, at once or word by word. Knows nothing of breakers.
 */
@RestController
final class ChatController {

	private final ChatClient chat;

	ChatController(@Qualifier("openAiChatModel") ChatModel model) {
		this.chat = ChatClient.create(model);
	}

	@GetMapping("/ask")
	String ask(@RequestParam("q") String question) {
		String answer = this.chat.prompt(question).call().content();
		return (answer != null) ? answer : "";
	}

	@GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<String> stream(@RequestParam("q") String question) {
		return this.chat.prompt(question).stream().content();
	}

}
