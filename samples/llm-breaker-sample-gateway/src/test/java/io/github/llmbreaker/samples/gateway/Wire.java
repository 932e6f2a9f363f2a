// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What the gateway puts on the wire: also answers that no client takes for whole ones.
 *
 * @param head status line and headers, in lower case
 * @param body what came of the body
 * @param whole whether the body ended as HTTP says
 */
record Wire(String head, String body, boolean whole) {

	private static final int PATIENCE_MILLIS = 30_000;

	static Wire post(int port, String path, String json, String... headers) {
		byte[] body = json.getBytes(StandardCharsets.UTF_8);
		StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: gateway\r\n");
		head.append("Content-Type: application/json\r\nContent-Length: ").append(body.length).append("\r\n");
		for (String header : headers) {
			head.append(header).append("\r\n");
		}
		return exchange(port, head.append("\r\n") + json);
	}

	static Wire exchange(int port, String request) {
		try (Socket socket = new Socket("127.0.0.1", port)) {
			socket.setSoTimeout(PATIENCE_MILLIS);
			OutputStream out = socket.getOutputStream();
			out.write(request.getBytes(StandardCharsets.UTF_8));
			out.flush();
			return read(new DataInputStream(socket.getInputStream()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Wire read(DataInputStream in) throws IOException {
		StringBuilder head = new StringBuilder();
		String line = line(in);
		while (!line.isEmpty()) {
			head.append(line).append('\n');
			line = line(in);
		}
		String headers = head.toString().toLowerCase(Locale.ROOT);
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		boolean whole = true;
		try {
			if (headers.contains("transfer-encoding: chunked")) {
				chunks(in, body);
			}
			else {
				body.write(in.readNBytes(length(headers)));
				whole = body.size() == length(headers);
			}
		}
		catch (EOFException ex) {
			whole = false;
		}
		return new Wire(headers, body.toString(StandardCharsets.UTF_8), whole);
	}

	int status() {
		return Integer.parseInt(this.head.split(" ")[1]);
	}

	private static int length(String headers) {
		String name = "content-length: ";
		int start = headers.indexOf(name);
		return (start < 0) ? 0 : Integer.parseInt(headers.substring(start + name.length()).lines().findFirst().get());
	}

	private static void chunks(DataInputStream in, ByteArrayOutputStream body) throws IOException {
		int size = Integer.parseInt(line(in), 16);
		while (size > 0) {
			byte[] chunk = new byte[size];
			in.readFully(chunk);
			body.writeBytes(chunk);
			line(in);
			size = Integer.parseInt(line(in), 16);
		}
		line(in);
	}

	private static String line(DataInputStream in) throws IOException {
		StringBuilder line = new StringBuilder();
		int c = in.readUnsignedByte();
		while (c != '\n') {
			if (c != '\r') {
				line.append((char) c);
			}
			c = in.readUnsignedByte();
		}
		return line.toString();
	}

}
