// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.contract;

import java.nio.ByteBuffer;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.call.Outcomes;
import io.github.llmbreaker.provider.AnswerHead;
import io.github.llmbreaker.provider.BodyObserver;
import io.github.llmbreaker.provider.ErrorAnswer;
import io.github.llmbreaker.provider.LlmDialect;
import io.github.llmbreaker.provider.LlmOperation;

/**
 * A dialect of an application that throws where the model's name says.
 */
final class BrokenDialect implements LlmDialect {

	@Override
	public String id() {
		return "broken";
	}

	@Override
	public LlmOperation operation(String path) {
		return new LlmOperation("chat.completions", null, true);
	}

	@Override
	public CallOutcome classify(ErrorAnswer answer) {
		check(answer.head(), "classify");
		return Outcomes.neutral(answer.head().status());
	}

	@Override
	public BodyObserver observe(AnswerHead head) {
		check(head, "observe");
		return new Observer(head);
	}

	private static void check(AnswerHead head, String where) {
		if (String.valueOf(head.model()).startsWith("throws-in-" + where)) {
			throw new AssertionError(where);
		}
	}

	private record Observer(AnswerHead head) implements BodyObserver {

		@Override
		public void onChunk(ByteBuffer chunk) {
			check(this.head, "chunk");
		}

		@Override
		public long contentEvents() {
			check(this.head, "content");
			return 1;
		}

		@Override
		public boolean isStream() {
			check(this.head, "stream");
			return false;
		}

		@Override
		public boolean isSettled() {
			check(this.head, "settled");
			return false;
		}

		@Override
		public CallOutcome outcome() {
			check(this.head, "outcome");
			return Outcomes.success(this.head.status());
		}

	}

}
