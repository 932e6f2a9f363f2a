// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import org.jspecify.annotations.Nullable;

/**
 * Ollama's own API: one JSON document per line.
 */
final class OllamaEvents implements AnswerEvents {

	private static final int REASON = 48;

	private final AnswerFields fields;

	private final int done;

	private final int reason;

	private final int[] content;

	OllamaEvents(AnswerFields fields) {
		this.fields = fields;
		this.done = fields.capture("done", REASON);
		this.reason = fields.capture("done_reason", REASON);
		this.content = new int[] { fields.watch("message.content"), fields.watch("message.thinking"),
				fields.watch("message.tool_calls"), fields.watch("response"), fields.watch("thinking") };
	}

	@Override
	public AnswerFields fields() {
		return this.fields;
	}

	@Override
	public void read(@Nullable String name, JsonSkimmer json, AnswerProgress progress) {
		for (int field : this.content) {
			if (json.isFilled(field)) {
				progress.content();
				break;
			}
		}
		if (json.is(this.done, "true")) {
			progress.finishAndEnd(json.text(this.reason));
		}
	}

}
