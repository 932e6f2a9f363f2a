// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.time.Duration;

import io.github.llmbreaker.testing.FakeAnswer;

/**
 * Answers of a provider that speaks like OpenAI.
 */
final class Answers {

	static final String DONE = "data: [DONE]\n\n";

	private Answers() {
	}

	static FakeAnswer document(String model, String text) {
		return FakeAnswer.json(200, """
				{"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"%s","choices":[{"index":0,
				"message":{"role":"assistant","content":"%s","refusal":null},"finish_reason":"stop","logprobs":null}],
				"usage":{"prompt_tokens":3,"completion_tokens":7,"total_tokens":10}}""".formatted(model, text));
	}

	static FakeAnswer stream(String model, String... words) {
		FakeAnswer answer = beginning(model, words);
		return answer.chunk(finish(model)).chunk(usage(model)).chunk(DONE);
	}

	/** A stream up to its last word. */
	static FakeAnswer beginning(String model, String... words) {
		FakeAnswer answer = FakeAnswer.sse(delta(model, "{\"role\":\"assistant\",\"content\":\"\"}"));
		for (String word : words) {
			answer.chunk(word(model, word));
		}
		return answer;
	}

	static FakeAnswer slow(String model, Duration pause, String... words) {
		FakeAnswer answer = beginning(model);
		for (String word : words) {
			answer.pause(pause).chunk(word(model, word));
		}
		return answer.chunk(finish(model)).chunk(DONE);
	}

	static String word(String model, String word) {
		return delta(model, "{\"content\":\"" + word + "\"}");
	}

	static String finish(String model) {
		return event(model, "[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]", "");
	}

	static String usage(String model) {
		return event(model, "[]", ",\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":7,\"total_tokens\":10}");
	}

	static FakeAnswer error(int status, String type, String code, String message) {
		return FakeAnswer.json(status, errorBody(type, code, message));
	}

	static String errorBody(String type, String code, String message) {
		return "{\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"param\":null,\"code\":\"%s\"}}".formatted(message,
				type, code);
	}

	static FakeAnswer rateLimited() {
		return error(429, "requests", "rate_limit_exceeded", "Rate limit reached for requests");
	}

	static FakeAnswer overloaded() {
		return error(503, "server_error", "overloaded", "The engine is currently overloaded");
	}

	static FakeAnswer broken() {
		return error(500, "server_error", "internal_error", "The server had an error");
	}

	private static String delta(String model, String delta) {
		return event(model, "[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":null}]", "");
	}

	private static String event(String model, String choices, String more) {
		return "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"" + model
				+ "\",\"choices\":" + choices + more + "}\n\n";
	}

}
