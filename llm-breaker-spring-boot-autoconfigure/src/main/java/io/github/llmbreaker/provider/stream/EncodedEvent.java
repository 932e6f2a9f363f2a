// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.stream;

import java.nio.ByteBuffer;
import java.util.Base64;

import io.github.llmbreaker.provider.json.JsonSkimmer;
import org.jspecify.annotations.Nullable;

/**
 * An event inside of an event, in Base64.
 *
 * @param table what it means
 * @param field where it stands
 */
record EncodedEvent(EventTable table, int field) implements EventTable.Row {

	/** Larger pieces are content, not the end. */
	static final int MAX_LENGTH = 16 * 1024;

	@Override
	public void read(@Nullable String name, JsonSkimmer json, AnswerProgress progress) {
		ByteBuffer encoded = json.bytes(this.field);
		if (encoded == null) {
			return;
		}
		// because of its length: a long piece of output
		boolean cut = encoded.remaining() >= MAX_LENGTH;
		try {
			read(Base64.getDecoder().decode(encoded), cut, progress);
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

	private void read(ByteBuffer document, boolean cut, AnswerProgress progress) {
		JsonSkimmer inside = progress.nested(this.table.fields());
		inside.read(document);
		if (this.table.fields().isError(inside)) {
			progress.nestedError();
		}
		else if (inside.isBroken() && !cut) {
			progress.broken();
		}
		else {
			this.table.read(null, inside, progress);
		}
	}

}
