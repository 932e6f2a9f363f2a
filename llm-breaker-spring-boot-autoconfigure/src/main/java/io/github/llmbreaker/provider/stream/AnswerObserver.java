// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.stream;

import java.nio.ByteBuffer;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.provider.AnswerHead;
import io.github.llmbreaker.provider.BodyObserver;
import io.github.llmbreaker.provider.error.ErrorFacts;
import io.github.llmbreaker.provider.error.ErrorRules;
import io.github.llmbreaker.provider.error.Verdict;
import io.github.llmbreaker.provider.json.ByteSearch;
import org.jspecify.annotations.Nullable;

/**
 * Watches the body of a good answer: events are read while they pass, a document when it
 * is complete.
 *
 * @since 0.1.0
 */
public final class AnswerObserver implements BodyObserver {

	private final AnswerHead head;

	private final ErrorRules errors;

	private final EventTable events;

	private final AnswerProgress progress = new AnswerProgress();

	private BodyForm form;

	private @Nullable EventReader reader;

	private long chunks;

	private boolean sniffed;

	private boolean finished;

	public AnswerObserver(AnswerHead head, ErrorRules errors, EventTable events) {
		this.head = head;
		this.errors = errors;
		this.events = events;
		this.form = BodyForm.of(media(), events.needsResult());
	}

	private String media() {
		return BodyForm.mediaType(this.head.headers());
	}

	@Override
	public void onChunk(ByteBuffer chunk) {
		if (this.finished || isSettled()) {
			return;
		}
		if (this.form != BodyForm.UNKNOWN) {
			take(chunk);
			return;
		}
		int start = start(chunk);
		if (start >= 0) {
			this.form = sniff(chunk.get(start));
			this.sniffed = true;
			take((start > chunk.position()) ? chunk.duplicate().position(start) : chunk);
		}
	}

	/** A page may be a stream whose server does not say so; nothing else in it counts. */
	private BodyForm sniff(byte first) {
		BodyForm sniffed = BodyForm.sniff(first, this.events.isArrayStream());
		if (sniffed != BodyForm.OPAQUE) {
			return sniffed;
		}
		if (media().endsWith("html")) {
			return BodyForm.PAGE;
		}
		// a text, a number or null, where an answer is announced
		return (this.events.needsResult() && media().endsWith("json")) ? BodyForm.DOCUMENT : sniffed;
	}

	private void take(ByteBuffer chunk) {
		this.chunks++;
		if (this.form != BodyForm.OPAQUE && this.form != BodyForm.PAGE) {
			reader().read(chunk);
		}
	}

	/**
	 * Returns where the body starts, -1 if it does not in this chunk. Blank lines while a
	 * call waits in a queue are no answer yet, and are no part of it either, however they
	 * are cut.
	 */
	private static int start(ByteBuffer chunk) {
		for (int i = chunk.position(); i < chunk.limit(); i++) {
			byte b = chunk.get(i);
			if (b > ' ' || (b < 0 && !ByteSearch.isMark(b))) {
				return i;
			}
		}
		return -1;
	}

	private EventReader reader() {
		EventReader current = this.reader;
		if (current == null) {
			current = new EventReader(this.events, this.progress, this.form, !this.sniffed);
			this.reader = current;
		}
		return current;
	}

	@Override
	public long contentEvents() {
		return this.form.isStream() ? this.progress.contentEvents() : this.chunks;
	}

	@Override
	public boolean isStream() {
		return this.form.isStream();
	}

	@Override
	public boolean isSettled() {
		return this.progress.isEnded() || (this.reader != null && this.reader.isOver());
	}

	@Override
	public boolean isBroken() {
		EventReader current = this.reader;
		if (current == null || !this.form.isStream()) {
			return false;
		}
		boolean damaged = this.form == BodyForm.FRAMES && current.isBroken();
		// what only looks like a stream may be text
		return damaged || (this.progress.isBroken() && (!this.sniffed || current.hasDocuments()));
	}

	@Override
	public CallOutcome outcome() {
		if (!this.finished && this.reader != null) {
			this.reader.end();
			this.reader.close();
		}
		this.finished = true;
		ErrorFacts error = (this.reader != null) ? this.reader.error(this.head) : null;
		if (error != null) {
			return this.errors.judge(error, this.form.isStream());
		}
		return verdict().toOutcome(null, this.head.status());
	}

	private Verdict verdict() {
		return switch (this.form) {
			case EVENTS, LINES, FRAMES, ARRAY -> streamVerdict();
			case DOCUMENT ->
				(this.reader != null && this.reader.isComplete()) ? this.progress.verdict() : Verdict.STREAM_ERROR;
			case PAGE -> Verdict.SERVER_ERROR;
			case OPAQUE -> Verdict.SUCCESS;
			// nothing came where a document was announced
			case UNKNOWN -> nothing();
		};
	}

	private Verdict nothing() {
		if (media().endsWith("html")) {
			return Verdict.SERVER_ERROR;
		}
		// a length of 0 is read by nobody, and announces nothing without a type
		boolean announced = media().endsWith("json")
				|| (this.events.needsResult() && !"0".equals(this.head.headers().first("content-length")));
		return (this.head.status() == 200 && announced) ? Verdict.STREAM_ERROR : Verdict.SUCCESS;
	}

	private Verdict streamVerdict() {
		boolean answered = this.reader != null && this.reader.hasDocuments();
		if (this.form == BodyForm.EVENTS && this.progress.isEnded() && !answered) {
			// an end and nothing before it
			return Verdict.STREAM_ERROR;
		}
		boolean closed = this.form == BodyForm.ARRAY && this.reader != null && !this.reader.isBroken();
		if (!this.progress.isEnded() && !closed) {
			boolean text = this.sniffed && this.reader != null && !this.reader.hasDocuments();
			return text ? Verdict.SUCCESS : Verdict.STREAM_ERROR;
		}
		Verdict verdict = this.progress.verdict();
		boolean broken = this.progress.isBroken() && Verdict.SUCCESS.equals(verdict);
		return (broken || Verdict.SERVER_ERROR.equals(verdict)) ? Verdict.STREAM_ERROR : verdict;
	}

}
