// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.scenarios;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the application got.
 *
 * @param text all of the text
 * @param model the model that is named in it
 */
record Said(String text, String model) {

	private static final JsonMapper JSON = new JsonMapper();

	static Said document(String json) {
		JsonNode document = JSON.readTree(json);
		return new Said(document.path("choices").path(0).path("message").path("content").asString(),
				document.path("model").asString());
	}

	static Said completion(ChatCompletion completion) {
		return new Said(completion.choices().get(0).message().content().orElse(""), completion.model());
	}

	/**
	 * Reads a stream line by line, as who has no library for that.
	 */
	static Said stream(InputStream body) throws IOException {
		Parts parts = new Parts();
		BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
		for (String line = lines.readLine(); line != null; line = lines.readLine()) {
			if (line.startsWith("data:")) {
				parts.event(line.substring("data:".length()).strip());
			}
		}
		return parts.all();
	}

	/**
	 * What has come of a stream.
	 */
	static final class Parts {

		private final StringBuffer text = new StringBuffer();

		private volatile String model = "";

		void event(String data) {
			if (!data.equals("[DONE]")) {
				JsonNode event = JSON.readTree(data);
				part(event.path("choices").path(0).path("delta").path("content").asString(""),
						event.path("model").asString());
			}
		}

		void chunk(ChatCompletionChunk chunk) {
			chunk.choices().forEach((choice) -> part(choice.delta().content().orElse(""), chunk.model()));
		}

		void part(String part, String from) {
			this.text.append(part);
			this.model = from;
		}

		Said all() {
			return new Said(this.text.toString(), this.model);
		}

	}

}
