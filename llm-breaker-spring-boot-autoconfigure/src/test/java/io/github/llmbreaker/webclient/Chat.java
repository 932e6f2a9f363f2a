// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.util.List;

/**
 * Requests and answers as the OpenAI API has them.
 *
 * @param model the model
 * @param messages what was said
 * @param stream whether to stream the answer
 */
record Chat(String model, List<Message> messages, boolean stream) {

	static final String PATH = "/v1/chat/completions";

	static final String ANSWER = """
			{"id":"c1","object":"chat.completion","model":"gpt-4.1","choices":[{"index":0,"message":\
			{"role":"assistant","content":"Hello"},"finish_reason":"stop"}],"usage":{"total_tokens":3}}""";

	static final String OVERLOADED = """
			{"error":{"message":"The engine is currently overloaded","type":"server_error","param":null,"code":null}}""";

	static final String ROLE = "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n";

	static final String FINISH = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";

	static final String DONE = "data: [DONE]\n\n";

	static final String KEEP_ALIVE = ": keep-alive\n\n";

	static Chat with(String model) {
		return new Chat(model, List.of(new Message("user", "Hi")), false);
	}

	static String delta(String text) {
		return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
	}

	static String error(String code, String message) {
		return "data: {\"error\":{\"message\":\"" + message + "\",\"type\":\"server_error\",\"code\":\"" + code
				+ "\"}}\n\n";
	}

	/**
	 * What was said.
	 *
	 * @param role by whom
	 * @param content what
	 */
	record Message(String role, String content) {
	}

}
