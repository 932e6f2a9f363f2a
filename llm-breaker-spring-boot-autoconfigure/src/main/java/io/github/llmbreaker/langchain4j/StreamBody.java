// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import java.io.FilterInputStream;
import java.io.IOException;

import io.github.llmbreaker.call.BlockingAnswer;
import io.github.llmbreaker.call.Bodies;

/**
 * The body of a stream, which ends where the stream does: what happens to the connection
 * after the last event, or after an error, is nothing that anyone waits for.
 */
final class StreamBody extends FilterInputStream {

	private final BlockingAnswer<?> answer;

	StreamBody(BlockingAnswer<?> answer) throws IOException {
		super(answer.body());
		this.answer = answer;
	}

	@Override
	public int read() throws IOException {
		return Bodies.readOne(this);
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		if (this.answer.isSettled() && this.in.available() == 0 && CallFailures.isFailure(this.answer.outcome())) {
			return -1;
		}
		try {
			return super.read(bytes, offset, length);
		}
		catch (IOException ex) {
			if (this.answer.isSettled()) {
				return -1;
			}
			throw ex;
		}
	}

}
