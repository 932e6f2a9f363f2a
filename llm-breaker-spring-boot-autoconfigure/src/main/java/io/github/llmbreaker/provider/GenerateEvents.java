// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import org.jspecify.annotations.Nullable;

/**
 * The text generation API of Hugging Face: tokens, the last with the whole text.
 */
final class GenerateEvents implements AnswerEvents {

	private final AnswerFields fields;

	private final int token;

	private final int text;

	private final int details;

	GenerateEvents(AnswerFields fields) {
		this.fields = fields;
		this.token = fields.watch("token.text");
		this.text = fields.watch("generated_text");
		this.details = fields.watch("details");
	}

	@Override
	public AnswerFields fields() {
		return this.fields;
	}

	@Override
	public void read(@Nullable String name, JsonSkimmer json, AnswerProgress progress) {
		if (json.isFilled(this.token)) {
			progress.content();
		}
		if (json.kind(this.text) == JsonKind.STRING || json.isFilled(this.details)) {
			progress.end();
		}
	}

}
