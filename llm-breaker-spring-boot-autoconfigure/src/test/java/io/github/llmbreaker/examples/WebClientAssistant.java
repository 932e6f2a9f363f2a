// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.examples;

import java.util.Map;

import reactor.core.publisher.Flux;

import org.springframework.stereotype.Service;
import org.springframework.web.reactive.function.client.WebClient;

@Service
class WebClientAssistant {

	private final WebClient openAi;

	WebClientAssistant(WebClient.Builder builder) {
		this.openAi = builder.baseUrl("https://api.openai.com/v1").build();
	}

	Flux<String> stream(Map<String, Object> request) {
		return this.openAi.post().uri("/chat/completions").bodyValue(request).retrieve().bodyToFlux(String.class);
	}

}
