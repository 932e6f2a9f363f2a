// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.doors;

import java.util.List;

import io.github.llmbreaker.testing.FakeAnswer;

/**
 * A provider, and how its answers look.
 */
enum Vendor {

	OPENAI("openai", "gpt-4.1", "/openai/v1") {

		@Override
		String document(String text) {
			return """
					{"id":"c1","object":"chat.completion","created":1,"model":"gpt-4.1","choices":[{"index":0,"message":\
					{"role":"assistant","content":"%s"},"finish_reason":"stop","logprobs":null}],"usage":{\
					"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}"""
				.formatted(text);
		}

		@Override
		String toolCall(String tool) {
			return """
					{"id":"c1","object":"chat.completion","created":1,"model":"gpt-4.1","choices":[{"index":0,"message":\
					{"role":"assistant","content":null,"tool_calls":[{"id":"t1","type":"function","function":\
					{"name":"%s","arguments":"{}"}}]},"finish_reason":"tool_calls","logprobs":null}],"usage":{\
					"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}"""
				.formatted(tool);
		}

		@Override
		List<String> events(String text) {
			String chunk = "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt-4.1\",\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}\n\n";
			return List.of(chunk.formatted("{\"role\":\"assistant\",\"content\":\"\"}", "null"),
					chunk.formatted("{\"content\":\"" + text + "\"}", "null"), chunk.formatted("{}", "\"stop\""),
					"data: [DONE]\n\n");
		}

		@Override
		String error() {
			return "data: {\"error\":{\"message\":\"no\",\"type\":\"server_error\",\"code\":\"server_error\"}}\n\n";
		}

	},

	ANTHROPIC("anthropic", "claude-sonnet-4-5", "/anthropic") {

		@Override
		String document(String text) {
			return """
					{"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5","content":[{\
					"type":"text","text":"%s"}],"stop_reason":"end_turn","stop_sequence":null,"usage":{\
					"input_tokens":1,"output_tokens":1}}""".formatted(text);
		}

		@Override
		String toolCall(String tool) {
			return """
					{"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5","content":[{\
					"type":"tool_use","id":"t1","name":"%s","input":{}}],"stop_reason":"tool_use",\
					"stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}""".formatted(tool);
		}

		@Override
		List<String> toolCallEvents(String tool) {
			return List.of(events("").get(0),
					event("content_block_start",
							"\"index\":0,\"content_block\":{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"" + tool
									+ "\",\"input\":{}}"),
					event("content_block_delta",
							"\"index\":0,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{}\"}"),
					event("content_block_stop", "\"index\":0"),
					event("message_delta",
							"\"delta\":{\"stop_reason\":\"tool_use\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":1}"),
					event("message_stop", "\"x\":0"));
		}

		@Override
		List<String> events(String text) {
			return List.of(event("message_start",
					"\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-sonnet-4-5\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}"),
					event("content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}"),
					event("content_block_delta",
							"\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + text + "\"}"),
					event("content_block_stop", "\"index\":0"),
					event("message_delta",
							"\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":1}"),
					event("message_stop", "\"x\":0"));
		}

		@Override
		String error() {
			return event("error", "\"error\":{\"type\":\"overloaded_error\",\"message\":\"no\"}");
		}

		private static String event(String type, String rest) {
			return "event: %s\ndata: {\"type\":\"%s\",%s}\n\n".formatted(type, type, rest);
		}

	},

	GEMINI("google-gemini", "gemini-2.5-flash", "/gemini") {

		@Override
		String document(String text) {
			return """
					{"candidates":[{"content":{"parts":[{"text":"%s"}],"role":"model"},"finishReason":"STOP","index":0}],\
					"usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":1,"totalTokenCount":2},\
					"modelVersion":"gemini-2.5-flash","responseId":"r1"}"""
				.formatted(text);
		}

		@Override
		String toolCall(String tool) {
			return """
					{"candidates":[{"content":{"parts":[{"functionCall":{"name":"%s","args":{}}}],"role":"model"},\
					"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":1,\
					"totalTokenCount":2},"modelVersion":"gemini-2.5-flash","responseId":"r1"}""".formatted(tool);
		}

		@Override
		List<String> events(String text) {
			return List
				.of("data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"%s\"}],\"role\":\"model\"},\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":1,\"candidatesTokenCount\":1,\"totalTokenCount\":2},\"modelVersion\":\"gemini-2.5-flash\",\"responseId\":\"r1\"}\n\n"
					.formatted(text), "data: " + document("") + "\n\n");
		}

		@Override
		String error() {
			return "data: {\"error\":{\"code\":503,\"message\":\"no\",\"status\":\"UNAVAILABLE\"}}\n\n";
		}

	},

	OLLAMA("ollama", "llama3:8b", "/ollama") {

		@Override
		String document(String text) {
			return """
					{"model":"llama3:8b","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant",\
					"content":"%s"},"done":true,"done_reason":"stop","total_duration":1,"load_duration":1,\
					"prompt_eval_count":1,"prompt_eval_duration":1,"eval_count":1,"eval_duration":1}""".formatted(text);
		}

		@Override
		String toolCall(String tool) {
			return """
					{"model":"llama3:8b","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant",\
					"content":"","tool_calls":[{"function":{"name":"%s","arguments":{}}}]},"done":true,\
					"done_reason":"stop","total_duration":1,"load_duration":1,"prompt_eval_count":1,\
					"prompt_eval_duration":1,"eval_count":1,"eval_duration":1}""".formatted(tool);
		}

		@Override
		List<String> events(String text) {
			return List
				.of("{\"model\":\"llama3:8b\",\"created_at\":\"2026-01-01T00:00:00Z\",\"message\":{\"role\":\"assistant\",\"content\":\"%s\"},\"done\":false}\n"
					.formatted(text), document("") + "\n");
		}

		@Override
		String error() {
			return "{\"error\":\"no\"}\n";
		}

		@Override
		FakeAnswer stream() {
			return FakeAnswer.chunked(200, "application/x-ndjson");
		}

	};

	private final String id;

	private final String model;

	private final String path;

	Vendor(String id, String model, String path) {
		this.id = id;
		this.model = model;
		this.path = path;
	}

	abstract String document(String text);

	/** An answer that asks for a tool without arguments. */
	abstract String toolCall(String tool);

	/** The same as a stream. */
	List<String> toolCallEvents(String tool) {
		throw new UnsupportedOperationException("No test needs it");
	}

	abstract List<String> events(String text);

	/** An error in the middle of a stream. */
	abstract String error();

	FakeAnswer stream() {
		return FakeAnswer.sse();
	}

	FakeAnswer good(boolean stream, String text) {
		return stream ? streamOf(events(text)) : FakeAnswer.json(200, document(text));
	}

	FakeAnswer streamOf(List<String> events) {
		FakeAnswer answer = stream();
		events.forEach(answer::chunk);
		return answer;
	}

	/** What comes up to the content, and it. */
	List<String> beginning() {
		List<String> events = events("half");
		return events.subList(0, (this == ANTHROPIC) ? 3 : (this == OPENAI) ? 2 : 1);
	}

	/** What comes before content. */
	List<String> preamble() {
		return (this == OPENAI || this == ANTHROPIC) ? events("").subList(0, 1) : List.of();
	}

	String id() {
		return this.id;
	}

	String model() {
		return this.model;
	}

	String path() {
		return this.path;
	}

	String breaker() {
		return this.id + ":" + this.model;
	}

}
