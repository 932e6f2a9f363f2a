/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.llmbreaker.provider;

import java.nio.ByteBuffer;

import io.github.llmbreaker.CallOutcome;

/**
 * Watches a body that is not looked into: a success when it is over.
 */
final class OpaqueObserver implements BodyObserver {

	private final AnswerHead head;

	private final boolean stream;

	private long chunks;

	OpaqueObserver(AnswerHead head) {
		this.head = head;
		this.stream = BodyForm.isStreamType(head.headers());
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
