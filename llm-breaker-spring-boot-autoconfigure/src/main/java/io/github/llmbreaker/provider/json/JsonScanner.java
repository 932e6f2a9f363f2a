// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.json;

import io.github.llmbreaker.provider.json.JsonPaths.PathNode;
import org.jspecify.annotations.Nullable;

/**
 * Follows the structure of JSON as far as the watched paths go and skips the rest: no
 * recursion, no memory that grows, no failure.
 * <p>
 * What is no JSON is read as well as can be, and noticed: everything but what stands
 * between the brackets of a value that is skipped, or inside a string.
 *
 * @since 0.1.0
 */
public final class JsonScanner {

	private static final int MAX_KEY = 256;

	private static final int NEVER = -2;

	private final PathNode root;

	private final JsonFields fields;

	/** The open containers on watched paths, from 1 to {@link #level}. */
	private final PathNode[] nodes;

	private final boolean[] arrays;

	private final JsonStringEnd stringEnd = new JsonStringEnd();

	private final JsonSkip skip = new JsonSkip();

	private final JsonLiteral literal = new JsonLiteral();

	private final JsonText key = new JsonText(MAX_KEY);

	private State state = State.VALUE;

	private Place place = Place.START;

	/** Something stood where JSON does not have it. */
	private boolean broken;

	private int level;

	/** What is known about the value that comes next. */
	private @Nullable PathNode target;

	/** The field that the current value belongs to. */
	private int field = JsonFields.NONE;

	/** Where the current value is kept. */
	private @Nullable JsonText text;

	private final int stopField;

	private @Nullable EventTemplate template;

	private boolean stopped;

	private int valueStart;

	JsonScanner(JsonPaths paths, JsonFields fields) {
		this(paths, fields, NEVER);
	}

	/** Creates a scanner that stops after each value of one field. */
	public JsonScanner(JsonPaths paths, JsonFields fields, int stopField) {
		this.stopField = stopField;
		this.root = paths.root();
		this.fields = fields;
		this.nodes = new PathNode[paths.depth() + 1];
		this.arrays = new boolean[paths.depth() + 1];
		this.target = this.root;
	}

	/** Gets ready for another document. */
	public void reset() {
		this.state = State.VALUE;
		this.place = Place.START;
		this.broken = false;
		this.stringEnd.reset();
		this.level = 0;
		this.target = this.root;
		this.field = JsonFields.NONE;
		this.text = null;
	}

	/** Notes the values of the next slice that are not kept; null to stop that. */
	void note(@Nullable EventTemplate template) {
		this.template = template;
	}

	public boolean isDone() {
		return this.state == State.DONE;
	}

	/** Whether what was read is neither a JSON document nor nothing, if it ends here. */
	boolean isBroken() {
		return this.broken || switch (this.state) {
			case DONE -> false;
			case VALUE -> this.level > 0;
			case SCALAR -> this.level > 0 || !this.literal.isValid();
			case MEMBER, KEY, STRING, SKIP -> true;
		};
	}

	/** Whether the last scan stopped behind a value of the field to stop at. */
	public boolean isStopped() {
		return this.stopped;
	}

	/** Where the last scalar began, unless it began in an earlier slice. */
	public int valueStart() {
		return this.valueStart;
	}

	/**
	 * Reads the next slice.
	 * @return where it stopped: {@code to}, or behind a value of the field to stop at
	 */
	public int scan(byte[] bytes, int from, int to) {
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
				case DONE -> rest(bytes, i, to);
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
			case '}', ']' -> close(b);
			case ',' -> comma();
			case ':' -> colon();
			default -> {
				if (b > ' ') {
					begin(JsonKind.of(b), State.SCALAR);
					this.literal.start(b);
					return i;
				}
				// bytes beyond ASCII are negative
				this.broken |= b < 0 && !(this.level == 0 && ByteSearch.isMark(b));
			}
		}
		return i + 1;
	}

	private void comma() {
		this.broken |= this.place != Place.BEHIND_VALUE;
		this.place = Place.BEHIND_COMMA;
	}

	private void colon() {
		this.broken |= this.place != Place.BEHIND_KEY;
		this.place = Place.BEHIND_COLON;
	}

	private void begin(JsonKind kind, State next) {
		this.broken |= this.place == Place.BEHIND_VALUE || this.place == Place.BEHIND_KEY;
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
			this.skip.start((kind == JsonKind.OBJECT) ? (byte) '{' : (byte) '[');
			return;
		}
		this.nodes[++this.level] = this.target;
		this.arrays[this.level] = (kind == JsonKind.ARRAY);
		this.place = Place.START;
		next();
	}

	private void close(byte bracket) {
		this.broken |= this.level == 0 || this.arrays[this.level] != (bracket == ']')
				|| (this.place != Place.START && this.place != Place.BEHIND_VALUE);
		this.place = Place.BEHIND_VALUE;
		if (this.level > 0) {
			this.stopped = (this.nodes[this.level].field == this.stopField);
			this.level--;
			next();
		}
	}

	private void finish(byte[] bytes, int end) {
		this.stopped = (this.field == this.stopField);
		if (this.template != null && this.text == null) {
			this.template.note(bytes, this.valueStart, end);
		}
		this.place = Place.BEHIND_VALUE;
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
		byte b = bytes[i];
		switch (b) {
			case '"' -> {
				return startKey(bytes, i + 1, to);
			}
			case '}', ']' -> close(b);
			case ',' -> comma();
			case '{', '[' -> {
				this.broken = true;
				this.field = JsonFields.NONE;
				this.valueStart = i;
				this.skip.start(b);
				this.state = State.SKIP;
			}
			default -> this.broken |= b > ' ' || b < 0;
		}
		return i + 1;
	}

	private int startKey(byte[] bytes, int from, int to) {
		PathNode node = this.nodes[this.level];
		this.fields.fill(node.field);
		this.broken |= this.place == Place.BEHIND_VALUE;
		this.place = Place.BEHIND_KEY;
		int end = ByteSearch.quoteOrBackslash(bytes, from, to);
		if (end == to || bytes[end] == '\\') {
			this.key.clear();
			this.state = State.KEY;
			return from;
		}
		this.target = node.member(bytes, from, end);
		this.state = State.VALUE;
		if (end + 1 < to && bytes[end + 1] == ':') {
			this.place = Place.BEHIND_COLON;
			return end + 2;
		}
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
		int end = this.literal.read(bytes, from, to);
		if (this.field == JsonFields.NONE || this.fields.kind(this.field) != JsonKind.NULL) {
			keep(bytes, from, end);
		}
		if (end < to) {
			this.broken |= !this.literal.isValid();
			finish(bytes, end);
		}
		return end;
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
			this.broken |= this.skip.isBroken();
			finish(bytes, end);
		}
		return end;
	}

	/** Behind the document there are blanks. */
	private int rest(byte[] bytes, int from, int to) {
		for (int i = from; i < to && !this.broken; i++) {
			this.broken = bytes[i] > ' ' || bytes[i] < 0;
		}
		return to;
	}

	private enum State {

		VALUE, MEMBER, KEY, STRING, SCALAR, SKIP, DONE

	}

	/** What stands before the next byte, as far as that says what may come. */
	private enum Place {

		START, BEHIND_KEY, BEHIND_COLON, BEHIND_VALUE, BEHIND_COMMA

	}

}
