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
