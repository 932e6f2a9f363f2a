// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.request;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.llmbreaker.provider.json.ByteSearch;
import io.github.llmbreaker.provider.json.ByteSink;
import org.jspecify.annotations.Nullable;

/**
 * Reads an encoded multipart form up to its {@code model} part, line by line: only what
 * follows a boundary is a header, whatever the files hold.
 */
final class MultipartScan implements ByteSink {

	/** A parameter of a header such as {@code multipart/form-data; boundary="x"}. */
	private static final Pattern PARAMETER = Pattern
		.compile(";\\s*([^=;\\s]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^;]*))");

	private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

	private static final int MAX_LINE = 2048;

	private static final String DISPOSITION = "content-disposition:";

	private final byte[] delimiter;

	/** The start of the current line, as far as it matters. */
	private final byte[] line;

	private int lineLength;

	private State state = State.SKIP;

	private boolean modelPart;

	private int position;

	private int lineStart;

	private int valueStart;

	private int valueEnd;

	private @Nullable String model;

	MultipartScan(String boundary) {
		this.delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
		this.line = new byte[MAX_LINE + this.delimiter.length];
	}

	/** Creates a scan for a content type, {@code null} if that has no boundary. */
	static @Nullable MultipartScan of(String contentType) {
		String boundary = parameter(contentType, "boundary");
		return (boundary != null && !boundary.isEmpty()) ? new MultipartScan(boundary) : null;
	}

	@Override
	public void onBytes(byte[] bytes, int from, int to) {
		int i = from;
		while (i < to && !isSated()) {
			int end = ByteSearch.lineFeed(bytes, i, to);
			append(bytes, i, end);
			this.position += end - i;
			if (end < to) {
				this.position++;
				endLine();
				this.lineLength = 0;
				this.lineStart = this.position;
			}
			i = end + 1;
		}
	}

	@Override
	public boolean isSated() {
		return this.model != null || this.state == State.END;
	}

	private void append(byte[] bytes, int from, int to) {
		int wanted = (this.state == State.SKIP) ? this.delimiter.length + 1 : this.line.length;
		int count = Math.min(to - from, wanted - this.lineLength);
		if (count > 0) {
			System.arraycopy(bytes, from, this.line, this.lineLength, count);
			this.lineLength += count;
		}
	}

	private void endLine() {
		if (this.state == State.SKIP) {
			delimiter();
			return;
		}
		boolean carriageReturn = this.lineLength > 0 && this.line[this.lineLength - 1] == '\r';
		int length = carriageReturn ? this.lineLength - 1 : this.lineLength;
		String text = new String(this.line, 0, length, StandardCharsets.UTF_8);
		if (this.state == State.HEADERS) {
			header(text);
		}
		else {
			this.valueStart = this.lineStart;
			this.valueEnd = this.lineStart + length;
			this.model = text;
		}
	}

	private void delimiter() {
		int length = this.delimiter.length;
		if (this.lineLength < length || !Arrays.equals(this.line, 0, length, this.delimiter, 0, length)) {
			return;
		}
		byte next = (this.lineLength > length) ? this.line[length] : (byte) '\r';
		if (next == '-') {
			this.state = State.END;
		}
		else if (next == '\r' || next == ' ' || next == '\t') {
			this.state = State.HEADERS;
			this.modelPart = false;
		}
	}

	private void header(String text) {
		if (text.isEmpty()) {
			this.state = this.modelPart ? State.VALUE : State.SKIP;
		}
		else if (text.toLowerCase(Locale.ROOT).startsWith(DISPOSITION)) {
			this.modelPart = "model".equals(parameter(text, "name")) && parameter(text, "filename") == null;
		}
	}

	private static @Nullable String parameter(String header, String name) {
		Matcher matcher = PARAMETER.matcher(header);
		while (matcher.find()) {
			if (matcher.group(1).equalsIgnoreCase(name)) {
				String quoted = matcher.group(2);
				return (quoted != null) ? ESCAPED.matcher(quoted).replaceAll("$1") : matcher.group(3).strip();
			}
		}
		return null;
	}

	@Nullable String model() {
		return (this.model != null && !this.model.isEmpty()) ? this.model : null;
	}

	/** Where the model begins, counted from the start of the form. */
	int valueStart() {
		return this.valueStart;
	}

	/** Where the model ends. */
	int valueEnd() {
		return this.valueEnd;
	}

	private enum State {

		SKIP, HEADERS, VALUE, END

	}

}
