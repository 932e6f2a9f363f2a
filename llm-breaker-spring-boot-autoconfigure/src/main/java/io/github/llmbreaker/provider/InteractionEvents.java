// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import org.jspecify.annotations.Nullable;

/**
 * Google's Interactions API.
 */
final class InteractionEvents implements AnswerEvents {

	private static final int TEXT = 48;

	private final AnswerFields fields;

	private final int type;

	private final int status;

	InteractionEvents(AnswerFields fields) {
		this.fields = fields;
		this.type = fields.capture("event_type", TEXT);
		this.status = fields.capture("status", TEXT);
	}

	@Override
	public AnswerFields fields() {
		return this.fields;
	}

	@Override
	public void read(@Nullable String name, JsonSkimmer json, AnswerProgress progress) {
		String type = json.text(this.type);
		String event = (type != null) ? type : name;
		if (event == null) {
			document(json, progress);
		}
		else if (event.endsWith(".delta")) {
			progress.content();
		}
		else if (event.equals("interaction.complete") || event.equals("interaction.completed")) {
			progress.end();
		}
		else if (event.equals("error") || event.equals("interaction.failed")) {
			progress.fail(Verdict.SERVER_ERROR);
		}
	}

	private void document(JsonSkimmer json, AnswerProgress progress) {
		if (json.is(this.status, "failed")) {
			progress.fail(Verdict.SERVER_ERROR);
		}
		else if (json.is(this.status, "cancelled")) {
			progress.fail(Verdict.CLIENT_ERROR);
		}
	}

}
