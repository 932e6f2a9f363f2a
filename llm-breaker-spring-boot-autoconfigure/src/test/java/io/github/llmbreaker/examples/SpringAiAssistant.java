// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.examples;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.stereotype.Service;

@Service
class SpringAiAssistant {

	private final ChatClient chatClient;

	SpringAiAssistant(ChatClient.Builder builder) {
		this.chatClient = builder.build();
	}

	String ask(String question) {
		return this.chatClient.prompt(question).call().content();
	}

}
