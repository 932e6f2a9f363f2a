// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Cohere's chat API, version 2 and the older one.
 */
final class CohereEvents implements AnswerEvents {

	private static final int TEXT = 48;

	private static final Set<String> CONTENT = Set.of("content-delta", "tool-plan-delta", "tool-call-start",
			"tool-call-delta", "text-generation", "tool-calls-chunk", "tool-calls-generation");

	private static final Set<String> END = Set.of("message-end", "stream-end");

	private final AnswerFields fields;

	private final int type;

	private final int oldType;

	private final int reason;

	private final int lastReason;

	CohereEvents(AnswerFields fields) {
		this.fields = fields;
		this.type = fields.of("type");
		this.oldType = fields.capture("event_type", TEXT);
		this.reason = fields.capture("finish_reason", TEXT);
		this.lastReason = fields.capture("delta.finish_reason", TEXT);
	}

	@Override
	public AnswerFields fields() {
		return this.fields;
	}

	@Override
	public void read(@Nullable String name, JsonSkimmer json, AnswerProgress progress) {
		String type = json.text(this.type);
		type = (type != null) ? type : json.text(this.oldType);
		type = (type != null) ? type : name;
		String why = json.text(this.lastReason);
		progress.finish((why != null) ? why : json.text(this.reason));
		if (type != null && CONTENT.contains(type)) {
			progress.content();
		}
		else if (type != null && END.contains(type)) {
			progress.end();
		}
	}

}
