// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import org.jspecify.annotations.Nullable;

/**
 * OpenAI's Responses API: typed events, the last of which holds the whole response.
 */
final class ResponsesEvents implements AnswerEvents {

	private static final int TEXT = 48;

	private final AnswerFields fields;

	private final int type;

	private final int status;

	private final int reason;

	private final int lastReason;

	ResponsesEvents(AnswerFields fields) {
		this.fields = fields;
		this.type = fields.of("type");
		this.status = fields.capture("status", TEXT);
		this.reason = fields.capture("incomplete_details.reason", TEXT);
		this.lastReason = fields.capture("response.incomplete_details.reason", TEXT);
	}

	@Override
	public AnswerFields fields() {
		return this.fields;
	}

	@Override
	public void read(@Nullable String name, JsonSkimmer json, AnswerProgress progress) {
		String event = (name != null) ? name : json.text(this.type);
		if (event == null) {
			document(json, progress);
		}
		else if (event.endsWith(".delta") || event.endsWith(".partial_image")) {
			progress.content();
		}
		else {
			state(event, json, progress);
		}
	}

	private void state(String event, JsonSkimmer json, AnswerProgress progress) {
		switch (event) {
			case "response.completed", "response.done" -> progress.end();
			case "response.incomplete" -> progress.finishAndEnd(json.text(this.lastReason));
			case "response.cancelled" -> progress.fail(Verdict.CLIENT_ERROR);
			case "response.failed" -> progress.fail(Verdict.SERVER_ERROR);
			default -> {
			}
		}
	}

	private void document(JsonSkimmer json, AnswerProgress progress) {
		if (json.is(this.status, "failed")) {
			progress.fail(Verdict.SERVER_ERROR);
		}
		else if (json.is(this.status, "cancelled")) {
			progress.fail(Verdict.CLIENT_ERROR);
		}
		else {
			progress.finish(json.text(this.reason));
		}
	}

}
