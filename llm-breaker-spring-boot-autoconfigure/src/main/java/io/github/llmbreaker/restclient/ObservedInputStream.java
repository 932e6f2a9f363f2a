// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.provider.BodyObserver;
import io.github.llmbreaker.provider.thrown.TransportFailures;

/**
 * Shows the body of a good answer to its observer while the caller reads it, and
 * completes the call when it ends.
 */
final class ObservedInputStream extends InputStream {

	private final InputStream body;

	private final BodyObserver observer;

	private final CallPermit permit;

	private final int status;

	private final byte[] single = new byte[1];

	private boolean started;

	ObservedInputStream(InputStream body, BodyObserver observer, CallPermit permit, int status) {
		this.body = body;
		this.observer = observer;
		this.permit = permit;
		this.status = status;
	}

	@Override
	public int read() throws IOException {
		int count = read(this.single, 0, 1);
		return (count < 0) ? -1 : this.single[0] & 0xff;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		int count = readBody(bytes, offset, length);
		if (count < 0) {
			this.permit.complete(this.observer.outcome());
		}
		else if (count > 0) {
			this.observer.onChunk(ByteBuffer.wrap(bytes, offset, count));
			announceContent();
		}
		return count;
	}

	private int readBody(byte[] bytes, int offset, int length) throws IOException {
		try {
			return this.body.read(bytes, offset, length);
		}
		catch (IOException | RuntimeException ex) {
			// some request factories throw their own unchecked exceptions
			this.permit.complete(settledOr(TransportFailures.classify(ex, this.status)));
			throw ex;
		}
	}

	private void announceContent() {
		if (!this.started && this.observer.contentEvents() > 0 && this.observer.isStream()) {
			this.started = true;
			this.permit.contentStarted();
		}
	}

	@Override
	public int available() throws IOException {
		return this.body.available();
	}

	/**
	 * Ends the call, too: a reader that has seen the end of the document rarely asks for
	 * the end of the body.
	 */
	@Override
	public void close() throws IOException {
		this.permit.complete(settledOr(isWhole() ? this.observer.outcome() : cancelled()));
		this.body.close();
	}

	boolean isStream() {
		return this.observer.isStream();
	}

	boolean isSettled() {
		return this.observer.isSettled();
	}

	boolean hasContent() {
		return this.observer.contentEvents() > 0;
	}

	CallOutcome outcome() {
		return this.observer.outcome();
	}

	private boolean isWhole() {
		return !this.observer.isStream() && this.observer.outcome().kind() == OutcomeKind.SUCCESS;
	}

	private CallOutcome settledOr(CallOutcome otherwise) {
		return this.observer.isSettled() ? this.observer.outcome() : otherwise;
	}

	private CallOutcome cancelled() {
		return new CallOutcome(OutcomeKind.CANCELLED, OutcomeScope.NONE, false, null, this.status);
	}

}
