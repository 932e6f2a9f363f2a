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

/**
 * Cuts a JSON array into its elements, each an event. A document that is no array is one
 * event.
 */
final class JsonArrayFramer extends EventFramer {

	private final EventSink sink;

	private boolean started;

	private boolean array;

	private boolean closed;

	private boolean inElement;

	private boolean inString;

	private boolean escaped;

	private int depth;

	JsonArrayFramer(EventSink sink) {
		this.sink = sink;
	}

	@Override
	public void onBytes(byte[] bytes, int from, int to) {
		int i = from;
		while (i < to && !this.closed) {
			i = this.inElement ? element(bytes, i, to) : between(bytes, i);
		}
	}

	private int between(byte[] bytes, int i) {
		byte b = bytes[i];
		// also the bytes of a byte order mark
		if (b <= ' ' || b == ',') {
			return i + 1;
		}
		if (!this.started) {
			this.started = true;
			this.array = (b == '[');
			if (this.array) {
				return i + 1;
			}
		}
		if (b == ']' || b == '}') {
			this.closed = true;
			return i + 1;
		}
		this.inElement = true;
		return i;
	}

	private int element(byte[] bytes, int from, int to) {
		int i = from;
		boolean ended = false;
		while (i < to && !ended) {
			if (this.inString) {
				i = string(bytes, i, to);
			}
			else if (this.depth > 0) {
				i = ByteSearch.quoteOrBracket(bytes, i, to);
				i = (i < to) ? structural(bytes[i], i) : i;
				ended = (this.depth == 0);
			}
			else {
				ended = isEnd(bytes[i]);
				i = ended ? i : structural(bytes[i], i);
			}
		}
		this.sink.onBytes(bytes, from, i);
		if (ended) {
			endElement();
		}
		return i;
	}

	private static boolean isEnd(byte b) {
		return b == ',' || b == ']' || b == '}';
	}

	private int structural(byte b, int i) {
		switch (b) {
			case '"' -> this.inString = true;
			case '{', '[' -> this.depth++;
			case '}', ']' -> this.depth--;
			default -> {
			}
		}
		return i + 1;
	}

	private int string(byte[] bytes, int from, int to) {
		int i = from;
		if (this.escaped) {
			this.escaped = false;
			i++;
		}
		i = ByteSearch.quoteOrBackslash(bytes, i, to);
		if (i >= to) {
			return to;
		}
		if (bytes[i] == '"') {
			this.inString = false;
		}
		else {
			this.escaped = true;
		}
		return i + 1;
	}

	private void endElement() {
		this.inElement = false;
		this.closed = !this.array;
		this.sink.onEvent(null);
	}

	@Override
	void end() {
		if (this.inElement) {
			this.inElement = false;
			this.sink.onEvent(null);
		}
	}

	@Override
	boolean isBroken() {
		return !this.closed;
	}

}
