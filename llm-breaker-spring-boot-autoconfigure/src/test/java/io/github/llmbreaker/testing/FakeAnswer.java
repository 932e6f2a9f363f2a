// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The script of one answer of the {@link FakeLlmServer}: a head, then steps in order.
 * Without {@link #cut()}, {@link #reset()} or {@link #stall()} it ends well and the
 * connection stays open.
 */
public final class FakeAnswer {

	private final int status;

	private final Map<String, String> headers = new LinkedHashMap<>();

	private final List<Step> steps = new ArrayList<>();

	private byte[] fixedBody;

	private boolean chunked;

	private boolean headless;

	private FakeAnswer(int status) {
		this.status = status;
	}

	/**
	 * An answer without a body.
	 */
	public static FakeAnswer status(int status) {
		return new FakeAnswer(status);
	}

	/**
	 * A JSON document with a length.
	 */
	public static FakeAnswer json(int status, String body) {
		return new FakeAnswer(status).header("Content-Type", "application/json").body(body);
	}

	/**
	 * A chunked 200 answer of server-sent events, one chunk for each piece.
	 */
	public static FakeAnswer sse(String... pieces) {
		FakeAnswer answer = chunked(200, "text/event-stream");
		for (String piece : pieces) {
			answer.chunk(piece);
		}
		return answer;
	}

	/**
	 * A chunked answer, to be filled with {@link #chunk(String)}.
	 */
	public static FakeAnswer chunked(int status, String contentType) {
		FakeAnswer answer = new FakeAnswer(status).header("Content-Type", contentType);
		answer.chunked = true;
		return answer;
	}

	/**
	 * Not even a head: the request is read and nothing ever comes.
	 */
	public static FakeAnswer silence() {
		return withoutHead().stall();
	}

	/**
	 * Not even a head: the request is read and the connection closed.
	 */
	public static FakeAnswer disconnect() {
		return withoutHead().cut();
	}

	/**
	 * Not even a head: the request is read and the connection reset.
	 */
	public static FakeAnswer connectionReset() {
		return withoutHead().reset();
	}

	/**
	 * Not even a head: what is sent is up to the steps.
	 */
	public static FakeAnswer raw() {
		return withoutHead();
	}

	/**
	 * Not even a head but what is written {@link #raw(String)}.
	 */
	public static FakeAnswer withoutHead() {
		FakeAnswer answer = new FakeAnswer(200);
		answer.headless = true;
		return answer;
	}

	public FakeAnswer header(String name, String value) {
		this.headers.put(name, value);
		return this;
	}

	/**
	 * The body, announced with its length.
	 */
	public FakeAnswer body(String body) {
		return body(body.getBytes(StandardCharsets.UTF_8));
	}

	public FakeAnswer body(byte[] body) {
		this.fixedBody = body;
		return this;
	}

	/**
	 * One HTTP chunk.
	 */
	public FakeAnswer chunk(String piece) {
		return chunk(piece.getBytes(StandardCharsets.UTF_8));
	}

	public FakeAnswer chunk(byte[] piece) {
		return step((out) -> out.chunk(piece));
	}

	/**
	 * Bytes as they are, for instance a bad chunk head.
	 */
	public FakeAnswer raw(String bytes) {
		return step((out) -> out.raw(bytes.getBytes(StandardCharsets.ISO_8859_1)));
	}

	public FakeAnswer pause(Duration time) {
		return step((out) -> out.pause(time));
	}

	/**
	 * Waits until the server is told to {@link FakeLlmServer#proceed()}.
	 */
	public FakeAnswer hold() {
		return step(Output::hold);
	}

	/**
	 * Nothing more comes; ends when the client disconnects or the server stops.
	 */
	public FakeAnswer stall() {
		return step(Output::stall);
	}

	/**
	 * Closes the connection in the middle of the answer.
	 */
	public FakeAnswer cut() {
		return step(Output::cut);
	}

	/**
	 * Resets the connection in the middle of the answer.
	 */
	public FakeAnswer reset() {
		return step(Output::reset);
	}

	private FakeAnswer step(Step step) {
		this.steps.add(step);
		return this;
	}

	void writeTo(Output out) throws IOException {
		if (!this.headless) {
			out.raw(head().getBytes(StandardCharsets.ISO_8859_1));
		}
		if (this.fixedBody != null) {
			out.raw(this.fixedBody);
		}
		for (Step step : this.steps) {
			step.run(out);
		}
		if (this.chunked && !out.isClosed()) {
			out.raw("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
		}
	}

	private String head() {
		StringBuilder head = new StringBuilder("HTTP/1.1 ").append(this.status).append(" Fake\r\n");
		this.headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
		if (this.chunked) {
			head.append("Transfer-Encoding: chunked\r\n");
		}
		else if (!this.headers.containsKey("Content-Length") && this.status != 204 && this.status != 304) {
			head.append("Content-Length: ").append((this.fixedBody != null) ? this.fixedBody.length : 0).append("\r\n");
		}
		return head.append("\r\n").toString();
	}

	/**
	 * One thing the server does.
	 */
	@FunctionalInterface
	interface Step {

		void run(Output out) throws IOException;

	}

	/**
	 * What the steps act on.
	 */
	interface Output {

		void raw(byte[] bytes) throws IOException;

		void chunk(byte[] piece) throws IOException;

		void pause(Duration time);

		void hold();

		void stall() throws IOException;

		void cut() throws IOException;

		void reset() throws IOException;

		boolean isClosed();

	}

}
