// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import org.jspecify.annotations.Nullable;

/**
 * Google's {@code generateContent}: every event is a response of its own, the last one
 * says why the model stopped.
 */
final class GeminiEvents implements AnswerEvents {

	private static final int REASON = 48;

	private final AnswerFields fields;

	private final int reason;

	private final int blocked;

	private final int parts;

	GeminiEvents(AnswerFields fields) {
		this.fields = fields;
		this.reason = fields.capture("candidates[*].finishReason", REASON);
		this.blocked = fields.capture("promptFeedback.blockReason", REASON);
		this.parts = fields.watch("candidates[*].content.parts");
	}

	@Override
	public AnswerFields fields() {
		return this.fields;
	}

	@Override
	public void read(@Nullable String name, JsonSkimmer json, AnswerProgress progress) {
		if (json.isFilled(this.parts)) {
			progress.content();
		}
		if (json.isFilled(this.blocked)) {
			progress.fail(Verdict.CONTENT_FILTERED);
		}
		else if (json.isFilled(this.reason)) {
			progress.finishAndEnd(json.text(this.reason));
		}
	}

	@Override
	public boolean isArrayStream() {
		return true;
	}

}
