// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import org.jspecify.annotations.Nullable;

/**
 * Models behind a cloud that passes their vendors' own formats on: Anthropic, OpenAI
 * style, Amazon, Meta, Mistral and Cohere.
 */
final class VendorEvents implements AnswerEvents {

	private static final int TEXT = 48;

	private final AnswerFields fields;

	private final MessagesEvents messages;

	private final ChatEvents chat;

	private final int[] reasons;

	private final int[] content;

	private final int metrics;

	VendorEvents(AnswerFields fields) {
		this.fields = fields;
		this.messages = new MessagesEvents(fields);
		this.chat = new ChatEvents(fields);
		this.reasons = new int[] { fields.capture("stopReason", TEXT), fields.capture("messageStop.stopReason", TEXT),
				fields.capture("completionReason", TEXT), fields.capture("results[*].completionReason", TEXT),
				fields.capture("outputs[*].stop_reason", TEXT), fields.capture("finish_reason", TEXT) };
		this.content = new int[] { fields.watch("contentBlockDelta"), fields.watch("outputText"),
				fields.watch("generation"), fields.watch("outputs[*].text"), fields.watch("text") };
		this.metrics = fields.watch("amazon-bedrock-invocationMetrics");
	}

	@Override
	public AnswerFields fields() {
		return this.fields;
	}

	@Override
	public void read(@Nullable String name, JsonSkimmer json, AnswerProgress progress) {
		this.messages.read(name, json, progress);
		this.chat.read(name, json, progress);
		for (int field : this.content) {
			if (json.isFilled(field)) {
				progress.content();
				break;
			}
		}
		for (int field : this.reasons) {
			if (json.isFilled(field)) {
				progress.finishAndEnd(json.text(field));
			}
		}
		if (json.isFilled(this.metrics)) {
			progress.end();
		}
	}

}
