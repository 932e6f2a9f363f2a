// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

import dev.langchain4j.http.client.FormDataFile;

/**
 * An encoded multipart form.
 *
 * @param contentType the content type that names its boundary
 * @param bytes the form
 */
@SuppressWarnings("ArrayRecordComponent")
record FormData(String contentType, byte[] bytes) {

	private static final String LINE = "\r\n";

	static FormData of(Map<String, String> fields, Map<String, FormDataFile> files) {
		String boundary = "llm-breaker-" + UUID.randomUUID();
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		fields.forEach((name, value) -> {
			begin(out, boundary, name, "");
			write(out, LINE + value + LINE);
		});
		files.forEach((name, file) -> {
			begin(out, boundary, name, "; filename=\"" + quoted(file.fileName()) + '"');
			String type = file.contentType();
			write(out, (type == null || type.isBlank()) ? LINE : "Content-Type: " + type + LINE + LINE);
			out.writeBytes(file.content());
			write(out, LINE);
		});
		write(out, "--" + boundary + "--" + LINE);
		return new FormData("multipart/form-data; boundary=" + boundary, out.toByteArray());
	}

	private static void begin(ByteArrayOutputStream out, String boundary, String name, String more) {
		write(out,
				"--" + boundary + LINE + "Content-Disposition: form-data; name=\"" + quoted(name) + '"' + more + LINE);
	}

	/** As browsers write names, so that none ends the line or the quotes. */
	private static String quoted(String name) {
		return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
	}

	private static void write(ByteArrayOutputStream out, String text) {
		out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
	}

}
