// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.request;

import java.nio.ByteBuffer;

import io.github.llmbreaker.provider.json.ByteSink;
import io.github.llmbreaker.provider.json.ByteSlices;
import io.github.llmbreaker.provider.json.JsonFields;
import io.github.llmbreaker.provider.json.JsonKind;
import io.github.llmbreaker.provider.json.JsonPaths;
import io.github.llmbreaker.provider.json.JsonScanner;
import io.github.llmbreaker.provider.json.JsonText;
import io.github.llmbreaker.provider.json.Spares;
import io.github.llmbreaker.provider.json.TextSlices;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON request up to its top-level {@code model}. Where there is none, the first
 * of {@code models}, an {@code agent_id} or a {@code model_id} of a complete document
 * takes its place.
 */
final class ModelScan implements ByteSink {

	private static final int MAX_MODEL = 1024;

	private static final JsonPaths PATHS = new JsonPaths();

	private static final int MODEL = PATHS.capture("model", MAX_MODEL);

	private static final int MODELS = PATHS.capture("models[*]", MAX_MODEL);

	private static final int AGENT = PATHS.capture("agent_id", MAX_MODEL);

	private static final int MODEL_ID = PATHS.capture("model_id", MAX_MODEL);

	private static final Spares<ModelScan> SPARES = new Spares<>(ModelScan::new);

	private final JsonFields fields = new JsonFields(PATHS);

	private final JsonScanner scanner = new JsonScanner(PATHS, this.fields, MODEL);

	private @Nullable TextSlices texts;

	private @Nullable ByteSlices slices;

	private @Nullable String model;

	/** Reads a text as far as needed; {@code null} if it names no model. */
	static @Nullable String read(CharSequence json) {
		ModelScan scan = SPARES.take();
		if (scan.texts == null) {
			scan.texts = new TextSlices();
		}
		scan.texts.read(json, scan);
		return scan.finish();
	}

	/** Reads bytes as far as needed; {@code null} if they name no model. */
	static @Nullable String read(ByteBuffer json) {
		ModelScan scan = SPARES.take();
		if (scan.slices == null) {
			scan.slices = new ByteSlices();
		}
		scan.slices.read(json, scan);
		return scan.finish();
	}

	/** Gives the answer, and gets ready for the next body. */
	private @Nullable String finish() {
		String found = model();
		this.model = null;
		this.scanner.reset();
		this.fields.reset();
		SPARES.giveBack(this);
		return found;
	}

	@Override
	public void onBytes(byte[] bytes, int from, int to) {
		int i = from;
		while (i < to && this.model == null) {
			i = this.scanner.scan(bytes, i, to);
			if (this.scanner.isStopped()) {
				this.model = string(MODEL);
			}
		}
	}

	@Override
	public boolean isSated() {
		return this.model != null || this.scanner.isDone();
	}

	private @Nullable String model() {
		if (this.model != null || !this.scanner.isDone()) {
			return this.model;
		}
		String first = string(MODELS);
		first = (first != null) ? first : string(AGENT);
		return (first != null) ? first : string(MODEL_ID);
	}

	private @Nullable String string(int field) {
		JsonText text = this.fields.text(field);
		return (text != null && this.fields.isFilled(field) && this.fields.kind(field) == JsonKind.STRING)
				? text.toString() : null;
	}

}
