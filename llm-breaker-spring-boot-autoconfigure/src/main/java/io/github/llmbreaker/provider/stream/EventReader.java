// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.stream;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Set;

import io.github.llmbreaker.provider.AnswerHead;
import io.github.llmbreaker.provider.error.AnswerFields;
import io.github.llmbreaker.provider.error.ErrorFacts;
import io.github.llmbreaker.provider.error.Verdict;
import io.github.llmbreaker.provider.json.JsonSkimmer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of one body with constant memory and keeps the first error.
 * <p>
 * An event that is no JSON makes the stream a broken one. Before any content that is as
 * final as an error: nothing has to reach the caller of it. Later the rest is read on, as
 * the caller gets it, too.
 */
final class EventReader implements EventSink {

	private static final Set<String> KEEP_ALIVES = Set.of("ping", "keep-alive", "keepalive", "heartbeat");

	private final EventTable events;

	private final AnswerFields fields;

	private final AnswerProgress progress;

	private final JsonSkimmer json;

	/** Cuts a stream; a document is one event. */
	private final @Nullable EventFramer framer;

	private final boolean certain;

	private boolean complete;

	private boolean documents;

	private boolean error;

	private @Nullable String errorCode;

	private @Nullable String lastName;

	private boolean lastContent;

	/**
	 * Creates it.
	 * @param events what the events mean
	 * @param progress takes what they mean
	 * @param form in which form they come
	 * @param certain whether the form was announced; otherwise it may be text that looks
	 * like a stream
	 */
	EventReader(EventTable events, AnswerProgress progress, BodyForm form, boolean certain) {
		this.events = events;
		this.fields = events.fields();
		this.progress = progress;
		this.json = this.fields.takeSkimmer();
		this.framer = form.isStream() ? form.framer(this) : null;
		this.certain = certain;
	}

	void read(ByteBuffer chunk) {
		if (this.framer != null) {
			this.framer.read(chunk);
		}
		else {
			this.json.read(chunk);
		}
	}

	void end() {
		if (this.framer != null) {
			this.framer.end();
		}
		else {
			onEvent(null);
		}
	}

	/** The body was judged: nothing is read from now on. */
	void close() {
		// an error's text is still asked for
		if (!this.error) {
			this.fields.giveBack(this.json);
		}
	}

	@Override
	public void onBytes(byte[] bytes, int from, int to) {
		if (!isOver()) {
			this.json.onBytes(bytes, from, to);
		}
	}

	@Override
	public void onEvent(@Nullable String name) {
		if (isOver()) {
			return;
		}
		if (this.json.isRepeated() && isPlain(name) && !this.json.isBroken()) {
			if (this.lastContent) {
				this.progress.content();
			}
			this.json.reset();
			return;
		}
		readEvent(name);
		if (this.framer != null && !this.error) {
			this.json.reset();
		}
	}

	/** Whether nothing that comes from now on matters: an error, or broken at once. */
	boolean isOver() {
		return this.error || (this.certain && this.progress.isBrokenAtOnce());
	}

	private void readEvent(@Nullable String name) {
		boolean broken = this.framer != null && this.json.isBroken();
		this.complete = this.json.isComplete();
		this.lastName = name;
		if (isError(name)) {
			this.error = true;
			this.documents |= this.complete;
			this.errorCode = code(name);
			return;
		}
		if (this.framer != null && this.fields.isDone(this.json)) {
			this.progress.end();
			return;
		}
		this.documents |= this.complete && !broken;
		if (broken && !isKeepAlive(name)) {
			this.progress.broken();
			this.lastContent = false;
			return;
		}
		long before = this.progress.contentEvents();
		this.events.read(name, this.json, this.progress);
		this.error = this.progress.errorInside() != null;
		this.lastContent = this.progress.contentEvents() > before;
		if (this.framer == null && this.events.needsResult() && !this.events.hasResult(this.json)) {
			// a good status and nothing else: that must not close a breaker
			this.progress.fail(Verdict.SERVER_ERROR);
		}
	}

	/** Whether an event that says the same as the last one means no more than that. */
	private boolean isPlain(@Nullable String name) {
		return Objects.equals(name, this.lastName) && !this.progress.isEnded();
	}

	private boolean isError(@Nullable String name) {
		boolean named = name != null
				&& (name.equals("error") || name.startsWith(EXCEPTION_PREFIX) || name.startsWith(ERROR_PREFIX));
		return (named || this.fields.isError(this.json) || isComplaint()) && !this.progress.isEnded();
	}

	private boolean isComplaint() {
		return this.fields.isComplaint(this.json) && !this.events.hasResult(this.json);
	}

	/** What says that nothing happens may say so in any way. */
	private static boolean isKeepAlive(@Nullable String name) {
		return name != null && KEEP_ALIVES.contains(name);
	}

	private static @Nullable String code(@Nullable String name) {
		return (name != null && name.indexOf(':') >= 0) ? name.substring(name.indexOf(':') + 1) : null;
	}

	/** The facts of the error that the body reported, {@code null} without one. */
	@Nullable ErrorFacts error(AnswerHead head) {
		if (!this.error) {
			return null;
		}
		JsonSkimmer inside = this.progress.errorInside();
		return new ErrorFacts(head, (inside != null) ? inside : this.json, this.fields, this.errorCode, "");
	}

	boolean isBroken() {
		return this.framer != null && this.framer.isBroken();
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
