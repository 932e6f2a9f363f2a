// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.stream;

import java.nio.ByteBuffer;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.provider.AnswerHead;
import io.github.llmbreaker.provider.BodyObserver;
import io.github.llmbreaker.provider.error.Verdict;

/**
 * Watches a body that is not looked into: a success when it is over.
 *
 * @since 0.1.0
 */
public final class OpaqueObserver implements BodyObserver {

	private final AnswerHead head;

	private final boolean stream;

	private long chunks;

	public OpaqueObserver(AnswerHead head) {
		this.head = head;
		this.stream = BodyForm.of(BodyForm.mediaType(head.headers()), false) == BodyForm.EVENTS;
	}

	@Override
	public void onChunk(ByteBuffer chunk) {
		if (chunk.hasRemaining()) {
			this.chunks++;
		}
	}

	@Override
	public long contentEvents() {
		return this.chunks;
	}

	@Override
	public boolean isStream() {
		return this.stream;
	}

	@Override
	public boolean isSettled() {
		return false;
	}

	@Override
	public CallOutcome outcome() {
		return Verdict.SUCCESS.toOutcome(null, this.head.status());
	}

}
