// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import io.github.llmbreaker.testing.FakeAnswer;

/**
 * Answers of providers as their models read them.
 */
final class ModelAnswers {

	static final String FINISH = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";

	static final String DONE = "data: [DONE]\n\n";

	static final String RATE_LIMITED = "{\"error\":{\"message\":\"slow down\",\"type\":\"requests\","
			+ "\"code\":\"rate_limit_exceeded\"}}";

	private ModelAnswers() {
	}

	static FakeAnswer openAi(String word) {
		return FakeAnswer.json(200, """
				{"id":"c1","object":"chat.completion","model":"m","choices":[{"index":0,"message":{"role":"assistant",\
				"content":"%s"},"finish_reason":"stop"}],"usage":{"total_tokens":3}}""".formatted(word));
	}

	static String delta(String word) {
		return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"}}]}\n\n".formatted(word);
	}

	static FakeAnswer openAiStream(String... words) {
		String[] pieces = new String[words.length + 2];
		for (int i = 0; i < words.length; i++) {
			pieces[i] = delta(words[i]);
		}
		pieces[words.length] = FINISH;
		pieces[words.length + 1] = DONE;
		return FakeAnswer.sse(pieces);
	}

	static FakeAnswer anthropic(String word) {
		return FakeAnswer.json(200,
				"""
						{"id":"m1","type":"message","role":"assistant","model":"claude","content":[{"type":"text","text":"%s"}],\
						"stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":1}}"""
					.formatted(word));
	}

	static FakeAnswer anthropicStream(String... words) {
		FakeAnswer answer = FakeAnswer.sse(event("message_start", """
				{"type":"message_start","message":{"id":"m1","type":"message","role":"assistant","content":[],\
				"model":"claude","usage":{"input_tokens":1,"output_tokens":1}}}"""), event("content_block_start", """
				{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}"""));
		for (String word : words) {
			answer.chunk(event("content_block_delta", """
					{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"%s"}}"""
				.formatted(word)));
		}
		return answer.chunk(event("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":0}"))
			.chunk(event("message_delta", """
					{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":2}}"""))
			.chunk(event("message_stop", "{\"type\":\"message_stop\"}"));
	}

	static String event(String name, String data) {
		return "event: " + name + "\ndata: " + data + "\n\n";
	}

	static FakeAnswer gemini(String word) {
		return FakeAnswer.json(200, geminiDocument(word));
	}

	static FakeAnswer geminiStream(String word) {
		return FakeAnswer.sse("data: " + geminiDocument(word) + "\n\n");
	}

	private static String geminiDocument(String word) {
		return """
				{"candidates":[{"content":{"parts":[{"text":"%s"}],"role":"model"},"finishReason":"STOP","index":0}],\
				"usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":1,"totalTokenCount":2}}""".formatted(word);
	}

	static FakeAnswer ollama(String word) {
		return FakeAnswer.json(200, ollamaLine(word, true));
	}

	static FakeAnswer ollamaStream(String... words) {
		FakeAnswer answer = FakeAnswer.chunked(200, "application/x-ndjson");
		for (String word : words) {
			answer.chunk(ollamaLine(word, false) + "\n");
		}
		return answer.chunk(ollamaLine("", true) + "\n");
	}

	static String ollamaLine(String word, boolean done) {
		return """
				{"model":"llama3:8b","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":"%s"},\
				"done":%s%s}""".formatted(word, done, done ? ",\"done_reason\":\"stop\",\"eval_count\":2" : "");
	}

}
