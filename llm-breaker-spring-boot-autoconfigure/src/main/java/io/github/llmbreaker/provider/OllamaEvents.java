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
 * Ollama's own API: one JSON document per line.
 */
final class OllamaEvents implements AnswerEvents {

	private static final int REASON = 48;

	private final AnswerFields fields;

	private final int done;

	private final int reason;

	private final int[] content;

	OllamaEvents(AnswerFields fields) {
		this.fields = fields;
		this.done = fields.capture("done", REASON);
		this.reason = fields.capture("done_reason", REASON);
		this.content = new int[] { fields.watch("message.content"), fields.watch("message.thinking"),
				fields.watch("message.tool_calls"), fields.watch("response"), fields.watch("thinking") };
	}

	@Override
	public AnswerFields fields() {
		return this.fields;
	}

	@Override
	public void read(@Nullable String name, JsonSkimmer json, AnswerProgress progress) {
		for (int field : this.content) {
			if (json.isFilled(field)) {
				progress.content();
				break;
			}
		}
		if (json.is(this.done, "true")) {
			progress.finishAndEnd(json.text(this.reason));
		}
	}

}
