// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import org.jspecify.annotations.Nullable;

/**
 * Follows the structure of JSON as far as the watched paths go and skips the rest: no
 * recursion, no memory that grows, no failure.
 */
final class JsonScanner {

	private static final int MAX_KEY = 256;

	private static final int NEVER = -2;

	private final PathNode root;

	private final JsonFields fields;

	/** The open containers on watched paths, from 1 to {@link #level}. */
	private final PathNode[] nodes;

	private final boolean[] arrays;

	private final JsonStringEnd stringEnd = new JsonStringEnd();

	private final JsonSkip skip = new JsonSkip();

	private final JsonText key = new JsonText(MAX_KEY);

	private State state = State.VALUE;

	private int level;

	/** What is known about the value that comes next. */
	private @Nullable PathNode target;

	/** The field that the current value belongs to. */
	private int field = JsonFields.NONE;

	/** Where the current value is kept. */
	private @Nullable JsonText text;

	private final int stopField;

	private @Nullable ValueSpans spans;

	private boolean stopped;

	private int valueStart;

	JsonScanner(JsonPaths paths, JsonFields fields) {
		this(paths, fields, NEVER);
	}

	/**
	 * Creates a scanner that stops after each value of one field.
	 * @param paths the watched paths
	 * @param fields where to note what was found
	 * @param stopField the field
	 */
	JsonScanner(JsonPaths paths, JsonFields fields, int stopField) {
		this.stopField = stopField;
		this.root = paths.root();
		this.fields = fields;
		this.nodes = new PathNode[paths.depth() + 1];
		this.arrays = new boolean[paths.depth() + 1];
		this.target = this.root;
	}

	void reset() {
		this.state = State.VALUE;
		this.stringEnd.reset();
		this.level = 0;
		this.target = this.root;
		this.field = JsonFields.NONE;
		this.text = null;
	}

	/** Notes the values of the next slice that are not kept; null to stop that. */
	void note(@Nullable ValueSpans values) {
		this.spans = values;
	}

	boolean isDone() {
		return this.state == State.DONE;
	}

	/** Whether the last scan stopped behind a value of the field to stop at. */
	boolean isStopped() {
		return this.stopped;
	}

	/** Where the last scalar began, unless it began in an earlier slice. */
	int valueStart() {
		return this.valueStart;
	}

	/**
	 * Reads the next slice.
	 * @return where it stopped: {@code to}, or behind a value of the field to stop at
	 */
	int scan(byte[] bytes, int from, int to) {
		this.stopped = false;
		int i = from;
		while (i < to && !this.stopped) {
			i = switch (this.state) {
				case VALUE -> value(bytes, i, to);
				case MEMBER -> member(bytes, i, to);
				case KEY -> key(bytes, i, to);
				case STRING -> string(bytes, i, to);
				case SCALAR -> scalar(bytes, i, to);
				case SKIP -> skip(bytes, i, to);
				case DONE -> to;
			};
		}
		return i;
	}

	private int value(byte[] bytes, int i, int to) {
		byte b = bytes[i];
		this.valueStart = i;
		switch (b) {
			case '"' -> begin(JsonKind.STRING, State.STRING);
			case '{' -> open(JsonKind.OBJECT);
			case '[' -> open(JsonKind.ARRAY);
			case '}', ']' -> close();
			default -> {
				// bytes beyond ASCII are negative: a byte order mark, or garbage
				if (b > ' ' && b != ':' && b != ',') {
					begin(JsonKind.of(b), State.SCALAR);
					return i;
				}
			}
		}
		return i + 1;
	}

	private void begin(JsonKind kind, State next) {
		if (this.level > 0 && this.arrays[this.level]) {
			this.fields.fill(this.nodes[this.level].field);
		}
		this.field = (this.target != null) ? this.target.field : JsonFields.NONE;
		this.text = this.fields.begin(this.field, kind);
		this.state = next;
	}

	private void open(JsonKind kind) {
		begin(kind, State.SKIP);
		if (this.target == null) {
			this.skip.start();
			return;
		}
		this.nodes[++this.level] = this.target;
		this.arrays[this.level] = (kind == JsonKind.ARRAY);
		next();
	}

	private void close() {
		if (this.level > 0) {
			this.stopped = (this.nodes[this.level].field == this.stopField);
			this.level--;
			next();
		}
	}

	private void finish(byte[] bytes, int end) {
		this.stopped = (this.field == this.stopField);
		if (this.spans != null && this.text == null) {
			this.spans.add(bytes, this.valueStart, end);
		}
		next();
	}

	/** Decides what comes after a value, or after the start of a container. */
	private void next() {
		if (this.level == 0) {
			this.state = State.DONE;
		}
		else if (this.arrays[this.level]) {
			this.state = State.VALUE;
			this.target = this.nodes[this.level].element;
		}
		else {
			this.state = State.MEMBER;
		}
	}

	private int member(byte[] bytes, int i, int to) {
		switch (bytes[i]) {
			case '"' -> {
				return startKey(bytes, i + 1, to);
			}
			case '}', ']' -> close();
			case '{', '[' -> {
				this.field = JsonFields.NONE;
				this.valueStart = i;
				this.skip.start();
				this.state = State.SKIP;
			}
			default -> {
			}
		}
		return i + 1;
	}

	private int startKey(byte[] bytes, int from, int to) {
		PathNode node = this.nodes[this.level];
		this.fields.fill(node.field);
		int end = ByteSearch.quoteOrBackslash(bytes, from, to);
		if (end == to || bytes[end] == '\\') {
			this.key.clear();
			this.state = State.KEY;
			return from;
		}
		this.target = node.member(bytes, from, end);
		this.state = State.VALUE;
		return end + 1;
	}

	private int key(byte[] bytes, int from, int to) {
		int end = this.stringEnd.find(bytes, from, to);
		this.key.append(bytes, from, end);
		if (end == to) {
			return to;
		}
		this.target = this.nodes[this.level].member(this.key.bytes(), 0, this.key.length());
		this.state = State.VALUE;
		return end + 1;
	}

	private int string(byte[] bytes, int from, int to) {
		int end = this.stringEnd.find(bytes, from, to);
		keep(bytes, from, end);
		if (end == to) {
			return to;
		}
		finish(bytes, end + 1);
		return end + 1;
	}

	private int scalar(byte[] bytes, int from, int to) {
		int end = from;
		while (end < to && !isDelimiter(bytes[end])) {
			end++;
		}
		if (this.field == JsonFields.NONE || this.fields.kind(this.field) != JsonKind.NULL) {
			keep(bytes, from, end);
		}
		if (end < to) {
			finish(bytes, end);
		}
		return end;
	}

	private static boolean isDelimiter(byte b) {
		return b == ',' || b == '}' || b == ']' || b == '"' || b == '{' || b == '[' || (b <= ' ' && b >= 0);
	}

	private void keep(byte[] bytes, int from, int to) {
		if (to > from) {
			this.fields.fill(this.field);
			if (this.text != null) {
				this.text.append(bytes, from, to);
			}
		}
	}

	private int skip(byte[] bytes, int from, int to) {
		int end = this.skip.skip(bytes, from, to);
		if (this.skip.isDone()) {
			finish(bytes, end);
		}
		return end;
	}

	private enum State {

		VALUE, MEMBER, KEY, STRING, SCALAR, SKIP, DONE

	}

}
