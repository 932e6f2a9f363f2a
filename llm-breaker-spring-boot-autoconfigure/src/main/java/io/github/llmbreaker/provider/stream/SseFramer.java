// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.stream;

import io.github.llmbreaker.provider.json.ByteSearch;

/**
 * Cuts server-sent events, as strict as needed and as tolerant as providers demand.
 * <p>
 * Beyond the standard: a line that starts a JSON document without {@code data:} is data
 * up to the next blank line, the field {@code error} is an event of the name
 * {@link EventSink#ERROR_FIELD}, and an event without a blank line after it counts when
 * the body ends there.
 */
final class SseFramer extends EventFramer {

	private static final byte[] LINE_FEED = { '\n' };

	private static final int MAX_FIELD = 8;

	private final EventName name = new EventName();

	private final byte[] field = new byte[MAX_FIELD];

	private int fieldLength;

	private State state = State.LINE_START;

	private Target target = Target.NOTHING;

	/** A byte order mark may come, and nothing has so far. */
	private boolean first = true;

	private boolean afterCarriageReturn;

	private boolean hasData;

	private boolean raw;

	SseFramer(EventSink sink) {
		super(sink);
	}

	@Override
	public void onBytes(byte[] bytes, int from, int to) {
		int i = from;
		while (i < to) {
			i = switch (this.state) {
				case LINE_START -> lineStart(bytes, i, to);
				case FIELD -> field(bytes, i, to);
				case VALUE_START -> valueStart(bytes, i);
				case VALUE -> value(bytes, i, to);
			};
		}
	}

	private int lineStart(byte[] bytes, int i, int to) {
		byte b = bytes[i];
		if (this.first && ByteSearch.isMark(b)) {
			return i + 1;
		}
		this.first = false;
		boolean pair = this.afterCarriageReturn && b == '\n';
		this.afterCarriageReturn = false;
		if (pair) {
			return i + 1;
		}
		if (b == '\n' || b == '\r') {
			this.afterCarriageReturn = (b == '\r');
			endEvent();
			return i + 1;
		}
		if (this.raw || b == '{' || b == '[') {
			startRawLine();
			return i;
		}
		if (to - i > 4 && b == 'd' && isData(bytes, i)) {
			startData();
			this.state = State.VALUE_START;
			return i + 5;
		}
		this.fieldLength = 0;
		this.state = State.FIELD;
		return i;
	}

	private static boolean isData(byte[] bytes, int i) {
		return bytes[i + 1] == 'a' && bytes[i + 2] == 't' && bytes[i + 3] == 'a' && bytes[i + 4] == ':';
	}

	private void startRawLine() {
		if (!this.raw) {
			endEvent();
		}
		startData();
		this.raw = true;
		this.state = State.VALUE;
	}

	private void startData() {
		if (this.hasData) {
			this.sink.onBytes(LINE_FEED, 0, 1);
		}
		this.hasData = true;
		this.target = Target.DATA;
	}

	private int field(byte[] bytes, int i, int to) {
		int at = i;
		while (at < to) {
			byte b = bytes[at];
			if (b == ':' || b == '\n' || b == '\r') {
				startValue();
				this.state = (b == ':') ? State.VALUE_START : State.VALUE;
				return (b == ':') ? at + 1 : at;
			}
			if (this.fieldLength < MAX_FIELD) {
				this.field[this.fieldLength++] = b;
			}
			at++;
		}
		return at;
	}

	private void startValue() {
		if (isField("data")) {
			startData();
		}
		else if (isField("error")) {
			startData();
			this.target = Target.ERROR;
		}
		else if (isField("event")) {
			this.name.clear();
			this.target = Target.NAME;
		}
		else {
			this.target = Target.NOTHING;
		}
	}

	private boolean isField(String expected) {
		if (this.fieldLength != expected.length()) {
			return false;
		}
		for (int i = 0; i < this.fieldLength; i++) {
			if (this.field[i] != expected.charAt(i)) {
				return false;
			}
		}
		return true;
	}

	private int valueStart(byte[] bytes, int i) {
		this.state = State.VALUE;
		return (bytes[i] == ' ') ? i + 1 : i;
	}

	private int value(byte[] bytes, int i, int to) {
		int end = ByteSearch.lineEnd(bytes, i, to);
		if (end > i) {
			hand(bytes, i, end);
		}
		if (end == to) {
			return to;
		}
		endLine();
		this.afterCarriageReturn = (bytes[end] == '\r');
		return end + 1;
	}

	private void hand(byte[] bytes, int from, int to) {
		switch (this.target) {
			case DATA, ERROR -> this.sink.onBytes(bytes, from, to);
			case NAME -> this.name.append(bytes, from, to);
			case NOTHING -> {
			}
		}
	}

	private void endLine() {
		if (this.target == Target.ERROR) {
			this.name.set(EventSink.ERROR_FIELD);
		}
		this.state = State.LINE_START;
	}

	private void endEvent() {
		String eventName = this.name.get();
		if (this.hasData || eventName != null) {
			this.hasData = false;
			this.raw = false;
			this.name.clear();
			this.sink.onEvent(eventName);
		}
	}

	@Override
	void end() {
		if (this.state == State.FIELD) {
			startValue();
		}
		if (this.state != State.LINE_START) {
			endLine();
		}
		endEvent();
	}

	private enum State {

		LINE_START, FIELD, VALUE_START, VALUE

	}

	private enum Target {

		NOTHING, DATA, NAME, ERROR

	}

}
