// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import org.jspecify.annotations.Nullable;

/**
 * Chat completions and everything else that OpenAI and its followers put into
 * {@code choices}; also the typed events of images and audio.
 */
final class ChatEvents implements AnswerEvents {

	private static final int REASON = 48;

	private final AnswerFields fields;

	private final int reason;

	private final int[] content;

	private final int type;

	ChatEvents(AnswerFields fields) {
		this.fields = fields;
		this.reason = fields.capture("choices[*].finish_reason", REASON);
		this.content = new int[] { fields.watch("choices[*].delta.content"), fields.watch("choices[*].text"),
				fields.watch("choices[*].delta.tool_calls"), fields.watch("choices[*].delta.reasoning_content"),
				fields.watch("choices[*].delta.reasoning"), fields.watch("choices[*].delta.function_call"),
				fields.watch("choices[*].delta.audio"), fields.watch("choices[*].delta.refusal") };
		this.type = fields.of("type");
	}

	@Override
	public AnswerFields fields() {
		return this.fields;
	}

	@Override
	public void read(@Nullable String name, JsonSkimmer json, AnswerProgress progress) {
		if (json.isFilled(this.type)) {
			typed((name != null) ? name : json.text(this.type), progress);
		}
		for (int field : this.content) {
			if (json.isFilled(field)) {
				progress.content();
				break;
			}
		}
		if (json.isFilled(this.reason)) {
			progress.finishAndEnd(json.text(this.reason));
		}
	}

	private static void typed(@Nullable String type, AnswerProgress progress) {
		if (type == null) {
			return;
		}
		if (type.endsWith(".delta") || type.endsWith(".partial_image")) {
			progress.content();
		}
		else if (type.endsWith(".done") || type.endsWith(".completed")) {
			progress.end();
		}
	}

}
