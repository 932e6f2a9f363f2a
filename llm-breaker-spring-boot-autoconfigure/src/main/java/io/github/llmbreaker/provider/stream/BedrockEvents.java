// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.stream;

import java.nio.ByteBuffer;
import java.util.Base64;

import io.github.llmbreaker.provider.error.AnswerFields;
import io.github.llmbreaker.provider.json.JsonSkimmer;
import org.jspecify.annotations.Nullable;

/**
 * AWS Bedrock: the events of Converse, and the vendors' own ones in Base64.
 */
final class BedrockEvents implements AnswerEvents {

	private static final int REASON = 48;

	/** Larger pieces are content, not the end. */
	private static final int CHUNK = 16 * 1024;

	private final AnswerFields fields;

	private final AnswerEvents vendor;

	private final int reason;

	private final int bytes;

	BedrockEvents(AnswerFields fields) {
		this.fields = fields;
		this.vendor = ApiEvents.vendor(fields);
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
		// because of its length: a long piece of output
		boolean cut = encoded.remaining() >= CHUNK;
		try {
			JsonSkimmer json = progress.nested(this.fields);
			json.read(Base64.getDecoder().decode(encoded));
			if (this.fields.isError(json)) {
				progress.nestedError();
			}
			else if (json.isBroken() && !cut) {
				progress.broken();
			}
			else {
				this.vendor.read(null, json, progress);
			}
		}
		catch (IllegalArgumentException ex) {
			if (cut) {
				progress.content();
			}
			else {
				progress.broken();
			}
		}
	}

}
