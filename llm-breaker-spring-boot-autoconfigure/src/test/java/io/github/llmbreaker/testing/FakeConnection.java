// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * One connection to the {@link FakeLlmServer}: reads HTTP/1.1 requests and writes what it
 * is told to.
 */
final class FakeConnection implements FakeAnswer.Output {

	private final Socket socket;

	private final Semaphore disconnects;

	private final Semaphore proceed;

	private final InputStream in;

	private final OutputStream out;

	FakeConnection(Socket socket, Semaphore disconnects, Semaphore proceed) throws IOException {
		this.socket = socket;
		this.disconnects = disconnects;
		this.proceed = proceed;
		this.in = new BufferedInputStream(socket.getInputStream());
		this.out = socket.getOutputStream();
	}

	/**
	 * Reads the next request; {@code null} if the client is gone.
	 */
	RecordedRequest read() throws IOException {
		String requestLine = readLine();
		if (requestLine == null) {
			return null;
		}
		String[] parts = requestLine.split(" ", 3);
		Map<String, String> headers = new LinkedHashMap<>();
		StringBuilder head = new StringBuilder(requestLine).append('\n');
		for (String line = readLine(); line != null && !line.isEmpty(); line = readLine()) {
			head.append(line).append('\n');
			int colon = line.indexOf(':');
			headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
		}
		return new RecordedRequest(parts[0], parts[1], headers, readBody(headers), head.toString());
	}

	private byte[] readBody(Map<String, String> headers) throws IOException {
		if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
			return readChunks();
		}
		return readExactly(Integer.parseInt(headers.getOrDefault("content-length", "0")));
	}

	private byte[] readChunks() throws IOException {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		int size = Integer.parseInt(readLine(), 16);
		while (size > 0) {
			body.writeBytes(readExactly(size));
			readLine();
			size = Integer.parseInt(readLine(), 16);
		}
		readLine();
		return body.toByteArray();
	}

	private byte[] readExactly(int length) throws IOException {
		byte[] bytes = this.in.readNBytes(length);
		if (bytes.length < length) {
			throw new EOFException("the client disconnected in the middle of its request");
		}
		return bytes;
	}

	private String readLine() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int b = this.in.read(); b != '\n'; b = this.in.read()) {
			if (b < 0) {
				return null;
			}
			if (b != '\r') {
				line.write(b);
			}
		}
		return line.toString(StandardCharsets.ISO_8859_1);
	}

	@Override
	public void raw(byte[] bytes) throws IOException {
		this.out.write(bytes);
		this.out.flush();
	}

	@Override
	public void chunk(byte[] piece) throws IOException {
		ByteArrayOutputStream chunk = new ByteArrayOutputStream();
		chunk.writeBytes((Integer.toHexString(piece.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
		chunk.writeBytes(piece);
		chunk.writeBytes("\r\n".getBytes(StandardCharsets.ISO_8859_1));
		raw(chunk.toByteArray());
	}

	@Override
	public void pause(Duration time) {
		try {
			new Semaphore(0).tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void hold() {
		FakeLlmServer.acquire(this.proceed, "the test has not told the server to proceed");
	}

	@Override
	public void stall() throws IOException {
		try {
			while (this.in.read() >= 0) {
				// Whatever else the client says changes nothing.
				continue;
			}
		}
		finally {
			this.disconnects.release();
			this.socket.close();
		}
	}

	@Override
	public void cut() throws IOException {
		this.socket.close();
	}

	@Override
	public void reset() throws IOException {
		this.socket.setSoLinger(true, 0);
		this.socket.close();
	}

	@Override
	public boolean isClosed() {
		return this.socket.isClosed();
	}

}
