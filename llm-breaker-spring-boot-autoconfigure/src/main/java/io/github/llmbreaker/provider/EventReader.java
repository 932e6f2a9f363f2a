// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.nio.ByteBuffer;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Reads the events of one body with constant memory and keeps the first error.
 */
final class EventReader implements EventSink {

	private final AnswerEvents events;

	private final AnswerFields fields;

	private final AnswerProgress progress;

	private final JsonSkimmer json;

	private final EventFramer framer;

	private final boolean stream;

	private boolean complete;

	private boolean documents;

	private boolean error;

	private @Nullable String errorCode;

	private @Nullable String lastName;

	private boolean lastContent;

	EventReader(AnswerEvents events, AnswerProgress progress, BodyForm form) {
		this.events = events;
		this.fields = events.fields();
		this.progress = progress;
		this.json = this.fields.paths().spares().take(this.fields.paths());
		this.framer = form.framer(this);
		this.stream = form.isStream();
	}

	void read(ByteBuffer chunk) {
		if (this.stream) {
			this.framer.read(chunk);
		}
		else {
			this.json.read(chunk);
		}
	}

	void end() {
		this.framer.end();
	}

	/**
	 * The body was judged: nothing is read from now on.
	 */
	void close() {
		// an error's text is still asked for
		if (!this.error) {
			this.fields.paths().spares().giveBack(this.json);
		}
	}

	@Override
	public void onBytes(byte[] bytes, int from, int to) {
		if (!this.error) {
			this.json.onBytes(bytes, from, to);
		}
	}

	@Override
	public void onEvent(@Nullable String name) {
		if (this.error) {
			return;
		}
		if (this.json.isRepeated() && isPlain(name)) {
			if (this.lastContent) {
				this.progress.content();
			}
			this.json.reset();
			return;
		}
		readEvent(name);
		if (this.stream && !this.error) {
			this.json.reset();
		}
	}

	private void readEvent(@Nullable String name) {
		this.complete = this.json.isComplete();
		this.documents |= this.complete;
		this.lastName = name;
		if (isError(name)) {
			this.error = true;
			this.errorCode = code(name);
		}
		else if (this.stream && this.fields.isDone(this.json)) {
			this.progress.end();
		}
		else {
			long before = this.progress.contentEvents();
			this.events.read(name, this.json, this.progress);
			this.error = this.progress.errorInside() != null;
			this.lastContent = this.progress.contentEvents() > before;
		}
	}

	/** Whether an event that says the same as the last one means no more than that. */
	private boolean isPlain(@Nullable String name) {
		return Objects.equals(name, this.lastName) && !this.progress.isEnded();
	}

	private boolean isError(@Nullable String name) {
		boolean named = name != null
				&& (name.equals("error") || name.startsWith(EXCEPTION_PREFIX) || name.startsWith(ERROR_PREFIX));
		return (named || this.fields.isError(this.json)) && !this.progress.isEnded();
	}

	private static @Nullable String code(@Nullable String name) {
		return (name != null && name.indexOf(':') >= 0) ? name.substring(name.indexOf(':') + 1) : null;
	}

	boolean hasError() {
		return this.error;
	}

	/**
	 * Returns the facts of the error that the body reported, {@code null} without one.
	 */
	@Nullable ErrorFacts error(AnswerHead head) {
		if (!this.error) {
			return null;
		}
		JsonSkimmer inside = this.progress.errorInside();
		return new ErrorFacts(head, (inside != null) ? inside : this.json, this.fields, this.errorCode, "");
	}

	boolean isBroken() {
		return this.framer.isBroken();
	}

	/** Whether any event was a whole JSON document. */
	boolean hasDocuments() {
		return this.documents;
	}

	/** Whether the last event was a whole JSON document. */
	boolean isComplete() {
		return this.complete;
	}

}
