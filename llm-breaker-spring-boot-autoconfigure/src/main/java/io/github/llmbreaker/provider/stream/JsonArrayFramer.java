// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.stream;

import io.github.llmbreaker.provider.json.JsonSkip;
import io.github.llmbreaker.provider.json.JsonStringEnd;

/**
 * Cuts a JSON array into its elements, each an event. A document that is no array is one
 * event.
 */
final class JsonArrayFramer extends EventFramer {

	private final JsonSkip nested = new JsonSkip();

	private final JsonStringEnd stringEnd = new JsonStringEnd();

	private State state = State.START;

	private boolean array;

	JsonArrayFramer(EventSink sink) {
		super(sink);
	}

	@Override
	public void onBytes(byte[] bytes, int from, int to) {
		int i = from;
		while (i < to) {
			i = switch (this.state) {
				case START, BETWEEN -> between(bytes[i], i);
				case SCALAR -> scalar(bytes, i, to);
				case STRING -> string(bytes, i, to);
				case NESTED -> nested(bytes, i, to);
				case CLOSED, DAMAGED -> to;
			};
		}
	}

	private int between(byte b, int i) {
		// also the bytes of a byte order mark
		if (b <= ' ' || b == ',') {
			return i + 1;
		}
		if (this.state == State.START) {
			this.array = (b == '[');
			this.state = this.array ? State.BETWEEN : State.SCALAR;
			return this.array ? i + 1 : i;
		}
		if (b == ']' || b == '}') {
			this.state = (b == ']' || !this.array) ? State.CLOSED : State.DAMAGED;
			return i + 1;
		}
		this.state = State.SCALAR;
		return i;
	}

	private int scalar(byte[] bytes, int from, int to) {
		for (int i = from; i < to; i++) {
			switch (bytes[i]) {
				case ',', ']', '}' -> {
					this.sink.onBytes(bytes, from, i);
					endElement();
					return i;
				}
				case '{', '[' -> {
					this.nested.start(bytes[i]);
					this.state = State.NESTED;
				}
				case '"' -> this.state = State.STRING;
				default -> {
				}
			}
			if (this.state != State.SCALAR) {
				this.sink.onBytes(bytes, from, i + 1);
				return i + 1;
			}
		}
		this.sink.onBytes(bytes, from, to);
		return to;
	}

	private int string(byte[] bytes, int from, int to) {
		int end = this.stringEnd.find(bytes, from, to);
		boolean ended = end < to;
		end = ended ? end + 1 : to;
		this.sink.onBytes(bytes, from, end);
		if (ended) {
			this.state = State.SCALAR;
		}
		return end;
	}

	private int nested(byte[] bytes, int from, int to) {
		int end = this.nested.skip(bytes, from, to);
		this.sink.onBytes(bytes, from, end);
		if (this.nested.isDone()) {
			endElement();
		}
		return end;
	}

	private void endElement() {
		this.state = this.array ? State.BETWEEN : State.CLOSED;
		this.sink.onEvent(null);
	}

	@Override
	void end() {
		if (this.state == State.SCALAR || this.state == State.STRING || this.state == State.NESTED) {
			this.sink.onEvent(null);
		}
		if (this.state == State.SCALAR && !this.array) {
			this.state = State.CLOSED;
		}
	}

	@Override
	boolean isBroken() {
		return this.state != State.CLOSED;
	}

	private enum State {

		START, BETWEEN, SCALAR, STRING, NESTED, CLOSED, DAMAGED

	}

}
