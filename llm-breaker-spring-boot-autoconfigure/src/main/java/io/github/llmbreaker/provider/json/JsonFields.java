// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.json;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link JsonSkimmer} has found at the watched places of one document.
 *
 * @since 0.1.0
 */
public final class JsonFields {

	static final int NONE = -1;

	private static final byte[] BLANK = { ' ' };

	private final JsonPaths paths;

	private final JsonKind[] kinds;

	private final @Nullable JsonText[] texts;

	/** In which document each field last had a value that is neither null nor empty. */
	private final int[] filled;

	/** In which document each field last had any value, whose kind is kept. */
	private final int[] begun;

	/** The number of the document that is read. */
	private int document;

	public JsonFields(JsonPaths paths) {
		this.paths = paths;
		this.kinds = new JsonKind[paths.size()];
		this.texts = new JsonText[paths.size()];
		this.filled = new int[paths.size()];
		this.begun = new int[paths.size()];
		Arrays.fill(this.kinds, JsonKind.ABSENT);
		reset();
	}

	/** Forgets what was found. */
	public void reset() {
		if (++this.document == 0) {
			// after all numbers there are
			Arrays.fill(this.filled, 0);
			Arrays.fill(this.begun, 0);
			this.document = 1;
		}
	}

	/** A value begins; returns where to keep its text, if anywhere. */
	@Nullable JsonText begin(int field, JsonKind kind) {
		if (field == NONE) {
			return null;
		}
		if (isFilled(field)) {
			return (this.paths.isRepeated(field) && isScalar(kind)) ? cleared(field) : null;
		}
		this.kinds[field] = kind;
		this.begun[field] = this.document;
		return (this.paths.limit(field) > 0 && isScalar(kind)) ? cleared(field) : null;
	}

	private static boolean isScalar(JsonKind kind) {
		return switch (kind) {
			case STRING, NUMBER, BOOLEAN, OTHER -> true;
			case ABSENT, NULL, OBJECT, ARRAY -> false;
		};
	}

	private JsonText cleared(int field) {
		JsonText text = this.texts[field];
		if (text == null) {
			text = new JsonText(this.paths.limit(field));
			this.texts[field] = text;
		}
		if (isFilled(field)) {
			text.append(BLANK, 0, BLANK.length);
		}
		else {
			text.clear();
		}
		return text;
	}

	/** There is something in the value. */
	void fill(int field) {
		if (field != NONE) {
			this.filled[field] = this.document;
		}
	}

	public boolean isFilled(int field) {
		return this.filled[field] == this.document;
	}

	public JsonKind kind(int field) {
		return (this.begun[field] == this.document) ? this.kinds[field] : JsonKind.ABSENT;
	}

	public @Nullable JsonText text(int field) {
		return isScalar(kind(field)) ? this.texts[field] : null;
	}

}
