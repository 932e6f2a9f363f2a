// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.call.Outcomes;
import io.github.llmbreaker.call.Unchecked;

/**
 * A dialect that throws somewhere.
 *
 * @param where where: the method's name, or {@code chunk}, {@code content},
 * {@code settled} or {@code stream} for those of the observer
 * @param error what
 */
public record ThrowingDialect(String where, Supplier<? extends Throwable> error) implements LlmDialect, BodyObserver {

	public ThrowingDialect(String where) {
		this(where, () -> new IllegalStateException(where));
	}

	@Override
	public String id() {
		return "throwing";
	}

	@Override
	public List<String> hosts() {
		return List.of("throwing.example");
	}

	@Override
	public LlmOperation operation(String path) {
		check("operation");
		return new LlmOperation("chat.completions", "m", false);
	}

	@Override
	public CallOutcome classify(ErrorAnswer answer) {
		check("classify");
		return Outcomes.neutral(answer.head().status());
	}

	@Override
	public BodyObserver observe(AnswerHead head) {
		check("observe");
		return this;
	}

	@Override
	public void onChunk(ByteBuffer chunk) {
		check("chunk");
	}

	@Override
	public long contentEvents() {
		check("content");
		return 0;
	}

	@Override
	public boolean isStream() {
		check("stream");
		return false;
	}

	@Override
	public boolean isSettled() {
		check("settled");
		return false;
	}

	@Override
	public CallOutcome outcome() {
		check("outcome");
		return Outcomes.success(200);
	}

	private void check(String place) {
		if (this.where.equals(place)) {
			throw Unchecked.rethrow(this.error.get());
		}
	}

}
