// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.okhttp;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicReference;

import io.github.llmbreaker.call.AnswerWatch;
import io.github.llmbreaker.call.Bodies;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, which another thread can close while somebody reads.
 */
final class AbortableBody extends FilterInputStream {

	private final @Nullable OwnCall own;

	private final CallersPatience patience;

	private final @Nullable AnswerWatch watch;

	private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);

	/**
	 * Creates it.
	 * @param body the body
	 * @param own the call whose answer it is; {@code null} if it is the application's
	 * @param patience whether the caller still wants it
	 * @param watch who watches it; {@code null} if nobody does
	 */
	AbortableBody(InputStream body, @Nullable OwnCall own, CallersPatience patience, @Nullable AnswerWatch watch) {
		super(body);
		this.own = own;
		this.patience = patience;
		this.watch = watch;
	}

	@Override
	public int read() throws IOException {
		return Bodies.readOne(this);
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		if (!this.state.compareAndSet(State.IDLE, State.READING)) {
			throw new IOException("The answer was closed");
		}
		try {
			return this.in.read(bytes, offset, length);
		}
		catch (IOException ex) {
			left();
			throw ex;
		}
		finally {
			if (!this.state.compareAndSet(State.READING, State.IDLE)) {
				this.in.close();
			}
		}
	}

	/** What fails because the caller has left says nothing about the provider. */
	private void left() {
		AnswerWatch watching = this.watch;
		if (watching == null || !this.patience.hasLeft()) {
			return;
		}
		if (this.patience.isOver()) {
			watching.timeOut(null, true);
		}
		else {
			watching.cancel(true);
		}
	}

	@Override
	public int available() throws IOException {
		return (this.state.get() == State.IDLE) ? this.in.available() : 0;
	}

	@Override
	public void close() throws IOException {
		State before = this.state.getAndSet(State.CLOSED);
		if (before == State.READING && this.own != null) {
			this.own.abort();
		}
		if (before == State.IDLE) {
			this.in.close();
		}
	}

	private enum State {

		/** Nobody is reading. */
		IDLE,

		/** Somebody is, and may be waiting. */
		READING,

		/** It was closed; who is reading closes what is inside. */
		CLOSED

	}

}
