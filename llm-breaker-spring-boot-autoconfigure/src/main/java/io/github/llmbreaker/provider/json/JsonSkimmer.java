// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.json;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * Watches a few places of a JSON document that passes by in slices, cut anywhere.
 * <p>
 * Needs constant memory and never fails: what is no JSON is skipped. If a place comes
 * more than once (an element of an array, a repeated member) the first value that is
 * neither null nor empty wins. One instance serves many documents, one after the other.
 *
 * @since 0.1.0
 */
public final class JsonSkimmer implements ByteSink {

	private final JsonFields fields;

	private final JsonScanner scanner;

	private final ByteSlices slices = new ByteSlices();

	private @Nullable EventTemplate template;

	private boolean started;

	private boolean repeated;

	public JsonSkimmer(JsonPaths paths) {
		this.fields = new JsonFields(paths);
		this.scanner = new JsonScanner(paths, this.fields);
	}

	/** Gets ready for the next document. */
	public void reset() {
		if (this.template == null) {
			this.template = this.started ? new EventTemplate() : null;
		}
		else if (!this.started) {
			// the document before was empty
			this.template.invalidate();
		}
		this.started = false;
		this.repeated = false;
	}

	/** Gets ready for the documents of another body. */
	public void forget() {
		this.template = null;
		this.started = false;
		this.repeated = false;
	}

	/** Whether it is known that this document says the same as the one before. */
	public boolean isRepeated() {
		return this.repeated;
	}

	/**
	 * The kind of a field's first value, or of the first that is neither null nor empty.
	 */
	public JsonKind kind(int field) {
		return this.started ? this.fields.kind(field) : JsonKind.ABSENT;
	}

	/** Whether a field has a value that is neither null nor empty. */
	public boolean isFilled(int field) {
		return this.started && this.fields.isFilled(field);
	}

	/**
	 * A captured string, number or literal as text, cut at its limit; {@code null} if
	 * there is none: absent, null, object or array.
	 */
	public @Nullable String text(int field) {
		JsonText value = value(field);
		return (value != null) ? value.toString() : null;
	}

	/** Whether a captured value is this; cheaper than asking for its text. */
	public boolean is(int field, String ascii) {
		JsonText value = value(field);
		return value != null && value.is(ascii);
	}

	/** A captured value as UTF-8 bytes, valid until the next document. */
	public @Nullable ByteBuffer bytes(int field) {
		JsonText value = value(field);
		return (value != null) ? ByteBuffer.wrap(value.bytes(), 0, value.length()) : null;
	}

	/** Whether the document has ended: its object or array is closed. */
	public boolean isComplete() {
		return this.started && this.scanner.isDone();
	}

	/** Whether the document, if it ends here, is neither JSON nor blank. */
	public boolean isBroken() {
		return this.started && this.scanner.isBroken();
	}

	/** Reads the next piece of the document from position to limit; both stay. */
	public void read(ByteBuffer chunk) {
		this.slices.read(chunk, this);
	}

	@Override
	public void onBytes(byte[] bytes, int from, int to) {
		if (this.started) {
			// a repeated document is complete, what follows is ignored
			this.scanner.scan(bytes, from, to);
		}
		else if (from < to) {
			start(bytes, from, to);
		}
	}

	private void start(byte[] bytes, int from, int to) {
		this.started = true;
		EventTemplate known = this.template;
		this.repeated = known != null && known.matches(bytes, from, to);
		if (this.repeated) {
			return;
		}
		this.fields.reset();
		this.scanner.reset();
		if (known == null) {
			this.scanner.scan(bytes, from, to);
			return;
		}
		known.start(from);
		this.scanner.note(known);
		this.scanner.scan(bytes, from, to);
		this.scanner.note(null);
		if (to - from <= EventTemplate.MAX_LENGTH && this.scanner.isDone() && !this.scanner.isBroken()) {
			known.learn(bytes, from, to);
		}
		else {
			known.invalidate();
		}
	}

	private @Nullable JsonText value(int field) {
		return this.started ? this.fields.text(field) : null;
	}

}
