// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.stream;

import io.github.llmbreaker.provider.error.AnswerFields;
import io.github.llmbreaker.provider.error.FinishReasons;
import io.github.llmbreaker.provider.error.Verdict;
import io.github.llmbreaker.provider.json.JsonSkimmer;
import org.jspecify.annotations.Nullable;

/**
 * How far one answer has come.
 */
final class AnswerProgress {

	private long contentEvents;

	private boolean ended;

	private Verdict verdict = Verdict.SUCCESS;

	private boolean broken;

	private boolean brokenAtOnce;

	private @Nullable JsonSkimmer nested;

	private boolean nestedError;

	/** A piece of generated output has passed. */
	void content() {
		this.contentEvents++;
	}

	/** The model said why it stopped. */
	void finish(@Nullable String reason) {
		if (reason != null && Verdict.SUCCESS.equals(this.verdict)) {
			this.verdict = FinishReasons.of(reason);
		}
	}

	/** The answer is complete. */
	void end() {
		this.ended = true;
	}

	/** The model said why it stopped, and that is the end of the answer. */
	void finishAndEnd(@Nullable String reason) {
		finish(reason);
		end();
	}

	/** The answer has failed in a way that is known. */
	void fail(Verdict failure) {
		this.verdict = failure;
		end();
	}

	/** An event was not what it should be. What comes after the end does not matter. */
	void broken() {
		if (!this.ended) {
			this.broken = true;
			this.brokenAtOnce |= this.contentEvents == 0;
		}
	}

	/** Returns the reader for documents inside of events, ready for the next one. */
	JsonSkimmer nested(AnswerFields fields) {
		JsonSkimmer skimmer = this.nested;
		if (skimmer == null) {
			skimmer = new JsonSkimmer(fields.paths());
			this.nested = skimmer;
		}
		skimmer.reset();
		return skimmer;
	}

	/** The document inside of this event reports an error. */
	void nestedError() {
		this.nestedError = true;
	}

	/** The document inside of an event that reports an error, if there was one. */
	@Nullable JsonSkimmer errorInside() {
		return this.nestedError ? this.nested : null;
	}

	long contentEvents() {
		return this.contentEvents;
	}

	/** Whether an event was not what it should be. */
	boolean isBroken() {
		return this.broken;
	}

	/** Whether an event before any content was not what it should be. */
	boolean isBrokenAtOnce() {
		return this.brokenAtOnce;
	}

	boolean isEnded() {
		return this.ended;
	}

	Verdict verdict() {
		return this.verdict;
	}

}
