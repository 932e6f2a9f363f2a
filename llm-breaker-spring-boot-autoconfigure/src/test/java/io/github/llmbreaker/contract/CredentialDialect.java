// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.contract;

import io.github.llmbreaker.testing.FakeAnswer;

/**
 * A way of providers to speak, and where they want to have their key.
 */
enum CredentialDialect {

	OPENAI("openai", "/v1", "chat.completions", "authorization", "Bearer ") {

		@Override
		FakeAnswer answer() {
			return FakeAnswer.json(200, """
					{"id":"c1","object":"chat.completion","created":1,"model":"small","choices":[{"index":0,"message":\
					{"role":"assistant","content":"Hi"},"finish_reason":"stop","logprobs":null}],"usage":{\
					"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}""");
		}

	},

	ANTHROPIC("anthropic", "/anthropic", "messages", "x-api-key", "") {

		@Override
		FakeAnswer answer() {
			return FakeAnswer.json(200,
					"""
							{"id":"m1","type":"message","role":"assistant","model":"small","content":[{"type":"text","text":"Hi"}],\
							"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}""");
		}

	},

	GEMINI("google-gemini", "/gemini", "generateContent", "x-goog-api-key", "") {

		@Override
		FakeAnswer answer() {
			return FakeAnswer.json(200,
					"""
							{"candidates":[{"content":{"parts":[{"text":"Hi"}],"role":"model"},"finishReason":"STOP","index":0}],\
							"usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":1,"totalTokenCount":2}}""");
		}

	};

	private final String id;

	private final String base;

	private final String endpoint;

	private final String header;

	private final String prefix;

	CredentialDialect(String id, String base, String endpoint, String header, String prefix) {
		this.id = id;
		this.base = base;
		this.endpoint = endpoint;
		this.header = header;
		this.prefix = prefix;
	}

	static CredentialDialect of(String path) {
		return path.startsWith(ANTHROPIC.base) ? ANTHROPIC : path.startsWith(GEMINI.base) ? GEMINI : OPENAI;
	}

	abstract FakeAnswer answer();

	String id() {
		return this.id;
	}

	String base() {
		return this.base;
	}

	String endpoint() {
		return this.endpoint;
	}

	String header() {
		return this.header;
	}

	String value(String key) {
		return this.prefix + key;
	}

}
