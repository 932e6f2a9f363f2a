// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import org.jspecify.annotations.Nullable;

/**
 * Anthropic's Messages API, also where others serve it.
 */
final class MessagesEvents implements AnswerEvents {

	private static final int REASON = 48;

	private final AnswerFields fields;

	private final int type;

	private final int reason;

	private final int lastReason;

	MessagesEvents(AnswerFields fields) {
		this.fields = fields;
		this.type = fields.of("type");
		this.reason = fields.capture("stop_reason", REASON);
		this.lastReason = fields.capture("delta.stop_reason", REASON);
	}

	@Override
	public AnswerFields fields() {
		return this.fields;
	}

	@Override
	public void read(@Nullable String name, JsonSkimmer json, AnswerProgress progress) {
		if (is("content_block_delta", name, json)) {
			progress.content();
		}
		else if (is("message_delta", name, json)) {
			progress.finish(json.text(this.lastReason));
		}
		else if (is("message_stop", name, json)) {
			progress.end();
		}
		else if (json.isFilled(this.reason)) {
			progress.finish(json.text(this.reason));
		}
	}

	private boolean is(String expected, @Nullable String name, JsonSkimmer json) {
		return json.isFilled(this.type) ? json.is(this.type, expected) : expected.equals(name);
	}

}
