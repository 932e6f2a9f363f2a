// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.scenarios;

import java.util.List;

import io.github.llmbreaker.testing.FakeAnswer;

/**
 * The answer of a model in the dialect of OpenAI, as a document and as a stream.
 */
final class Completion {

	/** What every model says. */
	static final String TEXT = "Trust is earned when a provider fails and nobody has to notice";

	static final String DONE = "data: [DONE]\n\n";

	private static final List<String> WORDS = List.of(TEXT.split("(?= )"));

	private final String model;

	private final boolean stream;

	Completion(String model, boolean stream) {
		this.model = model;
		this.stream = stream;
	}

	boolean isStream() {
		return this.stream;
	}

	/** All of it. */
	FakeAnswer whole() {
		return this.stream ? half().chunk(rest()).chunk(finish()).chunk(DONE) : FakeAnswer.json(200, document());
	}

	/** The head of a stream and the first half of its words. */
	FakeAnswer half() {
		FakeAnswer answer = role();
		WORDS.subList(0, WORDS.size() / 2).forEach((word) -> answer.chunk(word(word)));
		return answer;
	}

	/** The head of a stream, and what comes before content. */
	FakeAnswer role() {
		return FakeAnswer.sse(event("{\"role\":\"assistant\",\"content\":\"\"}", "null"));
	}

	/** The other half of the words. */
	String rest() {
		StringBuilder rest = new StringBuilder();
		WORDS.subList(WORDS.size() / 2, WORDS.size()).forEach((word) -> rest.append(word(word)));
		return rest.toString();
	}

	String finish() {
		return event("{}", "\"stop\"");
	}

	private String word(String word) {
		return event("{\"content\":\"" + word + "\"}", "null");
	}

	private String event(String delta, String reason) {
		return """
				data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"%s","choices":[{"index":0,\
				"delta":%s,"finish_reason":%s}]}

				""".formatted(this.model, delta, reason);
	}

	String document() {
		return """
				{"id":"c1","object":"chat.completion","created":1,"model":"%s","choices":[{"index":0,"message":\
				{"role":"assistant","content":"%s","refusal":null},"finish_reason":"stop","logprobs":null}],"usage":\
				{"prompt_tokens":1,"completion_tokens":11,"total_tokens":12}}""".formatted(this.model, TEXT);
	}

	/** A document that has its length but not all of its bytes. */
	FakeAnswer documentUpToTheMiddle() {
		String document = document();
		return FakeAnswer.status(200)
			.header("Content-Type", "application/json")
			.header("Content-Length", String.valueOf(document.length()))
			.raw(document.substring(0, document.length() / 2));
	}

	/** A document that has half of its bytes, and ends as HTTP says. */
	FakeAnswer halfADocument() {
		String document = document();
		return FakeAnswer.json(200, document.substring(0, document.length() / 2));
	}

	static String error(String type, String code) {
		return "{\"error\":{\"message\":\"Sorry, " + code + "\",\"type\":\"" + type + "\",\"param\":null,\"code\":\""
				+ code + "\"}}";
	}

	static FakeAnswer error(int status, String type, String code) {
		return FakeAnswer.json(status, error(type, code));
	}

}
