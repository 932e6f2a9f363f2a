// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.request;

import java.util.ArrayList;
import java.util.List;

import io.github.llmbreaker.provider.json.JsonFields;
import io.github.llmbreaker.provider.json.JsonKind;
import io.github.llmbreaker.provider.json.JsonPaths;
import io.github.llmbreaker.provider.json.JsonScanner;
import io.github.llmbreaker.provider.json.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * Finds where a JSON request names its model, to put another there.
 */
final class JsonModelValues {

	private static final JsonPaths PATHS = new JsonPaths();

	private static final int ROOT = PATHS.watch("");

	private static final int MODEL = PATHS.capture("model", 1024);

	private static final int MODEL_ID = PATHS.capture("model_id", 1024);

	private final List<Span> spans = new ArrayList<>();

	private final byte[] json;

	private JsonFields fields;

	private int field = MODEL;

	/** Looks for the values: of {@code model}, without one those of {@code model_id}. */
	JsonModelValues(byte[] json) {
		this.json = json;
		this.fields = scan();
		if (this.spans.isEmpty() && this.fields.kind(MODEL_ID) == JsonKind.STRING) {
			this.field = MODEL_ID;
			this.fields = scan();
		}
	}

	private JsonFields scan() {
		JsonFields found = new JsonFields(PATHS);
		JsonScanner scanner = new JsonScanner(PATHS, found, this.field);
		int i = 0;
		while (i < this.json.length && !scanner.isDone()) {
			i = scanner.scan(this.json, i, this.json.length);
			if (scanner.isStopped() && this.json[i - 1] != '}' && this.json[i - 1] != ']') {
				this.spans.add(new Span(scanner.valueStart(), i));
			}
		}
		return found;
	}

	/** The top-level values, normally one; none of them an object or array. */
	List<Span> spans() {
		return this.spans;
	}

	/** The name that is there now. */
	@Nullable String current() {
		JsonText text = this.fields.text(this.field);
		return (text != null && this.fields.kind(this.field) == JsonKind.STRING) ? text.toString() : null;
	}

	/** Where a member can be inserted, -1 if the document is no object or has a model. */
	int insertion() {
		if (this.fields.kind(ROOT) != JsonKind.OBJECT || this.fields.kind(this.field) != JsonKind.ABSENT) {
			return -1;
		}
		int i = 0;
		while (this.json[i] != '{') {
			i++;
		}
		return i + 1;
	}

	/** Whether the document has no member at all. */
	boolean isEmpty() {
		return !this.fields.isFilled(ROOT);
	}

	/**
	 * A range of indices.
	 *
	 * @param start the first
	 * @param end the one after the last
	 */
	record Span(int start, int end) {
	}

}
