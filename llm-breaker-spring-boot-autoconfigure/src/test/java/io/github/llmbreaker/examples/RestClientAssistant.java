// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.examples;

import java.util.Map;

import org.springframework.stereotype.Service;
import org.springframework.web.client.RestClient;

@Service
class RestClientAssistant {

	private final RestClient openAi;

	RestClientAssistant(RestClient.Builder builder) {
		this.openAi = builder.baseUrl("https://api.openai.com/v1").build();
	}

	String ask(Map<String, Object> request) {
		return this.openAi.post().uri("/chat/completions").body(request).retrieve().body(String.class);
	}

}
