// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker;

import java.nio.charset.StandardCharsets;

/**
 * What the benchmarks of clients ask, and are answered.
 *
 * @param model the model
 * @param content what is said
 */
public record BenchmarkChat(String model, String content) {

	/** Where the question goes. */
	public static final String URL = "https://api.openai.com/v1/chat/completions";

	/** Returns a question of 1 KB. */
	public static BenchmarkChat small() {
		return new BenchmarkChat("gpt-4.1", "x".repeat(1024));
	}

	/** Returns a question of 1 MB that is text already. */
	public static String text() {
		return "{\"model\":\"gpt-4.1\",\"content\":\"" + "x".repeat(1024 * 1024) + "\"}";
	}

	/** Returns a document that answers it. */
	public static byte[] answer() {
		return """
				{"id":"c1","object":"chat.completion","model":"gpt-4.1","choices":[{"index":0,"message":\
				{"role":"assistant","content":"Hello"},"finish_reason":"stop"}],"usage":{"total_tokens":3}}"""
			.getBytes(StandardCharsets.UTF_8);
	}

}
