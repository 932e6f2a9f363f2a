/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
