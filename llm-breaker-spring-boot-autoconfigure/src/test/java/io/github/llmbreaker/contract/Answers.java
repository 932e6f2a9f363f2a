// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.contract;

import java.util.ArrayList;
import java.util.List;

import io.github.llmbreaker.testing.FakeAnswer;

/**
 * Answers as the OpenAI API has them.
 *
 * @param word what the model says
 */
record Answers(String word) {

	static final String ROLE = "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n";

	static final String FINISH = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";

	static final String DONE = "data: [DONE]\n\n";

	private static final String JSON = "application/json";

	private static final String EVENTS = "text/event-stream";

	private static final int PIECE = 40;

	String delta() {
		return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + this.word + "\"}}]}\n\n";
	}

	String document() {
		return """
				{"id":"c1","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant",				"content":"%s"},"finish_reason":"stop"}],"usage":{"total_tokens":3}}"""
			.formatted(this.word);
	}

	String stream() {
		return ROLE + delta() + delta() + FINISH + DONE;
	}

	FakeAnswer goodDocument() {
		return FakeAnswer.json(200, document());
	}

	FakeAnswer goodStream() {
		return FakeAnswer.sse(ROLE, delta(), delta(), FINISH, DONE);
	}

	FakeAnswer good(boolean stream, boolean inPieces) {
		if (inPieces) {
			return goodInPieces(stream);
		}
		return stream ? goodStream() : goodDocument();
	}

	/**
	 * A document or a stream that comes in many small pieces.
	 */
	FakeAnswer goodInPieces(boolean stream) {
		FakeAnswer answer = FakeAnswer.chunked(200, stream ? EVENTS : JSON);
		for (String piece : pieces(stream ? stream() : document())) {
			answer.chunk(piece);
		}
		return answer;
	}

	/**
	 * A document with a length of which only the beginning comes; what happens then is up
	 * to the caller.
	 */
	FakeAnswer documentUpTo(int length) {
		return FakeAnswer.status(200)
			.header("Content-Type", JSON)
			.header("Content-Length", Integer.toString(document().length()))
			.raw(document().substring(0, length));
	}

	private static List<String> pieces(String text) {
		List<String> pieces = new ArrayList<>();
		for (int i = 0; i < text.length(); i += PIECE) {
			pieces.add(text.substring(i, Math.min(text.length(), i + PIECE)));
		}
		return pieces;
	}

}
