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

import java.nio.ByteBuffer;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/**
 * AWS Bedrock: the events of Converse, and the vendors' own ones in Base64.
 */
final class BedrockEvents implements AnswerEvents {

	private static final int REASON = 48;

	/** Larger pieces are content, not the end. */
	private static final int CHUNK = 16 * 1024;

	private final AnswerFields fields;

	private final VendorEvents vendor;

	private final int reason;

	private final int bytes;

	BedrockEvents(AnswerFields fields) {
		this.fields = fields;
		this.vendor = new VendorEvents(fields);
		this.reason = fields.capture("stopReason", REASON);
		this.bytes = fields.capture("bytes", CHUNK);
	}

	@Override
	public AnswerFields fields() {
		return this.fields;
	}

	@Override
	public void read(@Nullable String name, JsonSkimmer json, AnswerProgress progress) {
		if (name == null) {
			this.vendor.read(null, json, progress);
		}
		else if ("chunk".equals(name)) {
			chunk(json.bytes(this.bytes), progress);
		}
		else if ("contentBlockDelta".equals(name)) {
			progress.content();
		}
		else if ("messageStop".equals(name)) {
			progress.finishAndEnd(json.text(this.reason));
		}
	}

	private void chunk(@Nullable ByteBuffer encoded, AnswerProgress progress) {
		if (encoded == null) {
			return;
		}
		try {
			JsonSkimmer json = progress.nested(this.fields);
			json.read(Base64.getDecoder().decode(encoded));
			if (this.fields.isError(json)) {
				progress.nestedError();
			}
			else {
				this.vendor.read(null, json, progress);
			}
		}
		catch (IllegalArgumentException ex) {
			// cut because of its length: a long piece of output
			progress.content();
		}
	}

}
