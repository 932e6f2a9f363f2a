// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import dev.langchain4j.http.client.HttpRequest;
import io.github.llmbreaker.call.RequestRoute;
import io.github.llmbreaker.provider.request.RequestRewrite;
import org.jspecify.annotations.Nullable;

/**
 * What LangChain4j wants to be sent, with its body as it goes over the wire.
 *
 * @param request the request as LangChain4j has it
 * @param url where it goes
 * @param body the encoded body; empty if there is none
 * @param contentType the body's content type; {@code null} if there is none
 */
@SuppressWarnings("ArrayRecordComponent")
record ModelRequest(HttpRequest request, URI url, byte[] body, @Nullable String contentType) {

	private static final String CONTENT_TYPE = "Content-Type";

	private static final String LINE = "\r\n";

	static ModelRequest of(HttpRequest request, URI url) {
		ModelRequest plain = new ModelRequest(request, url, bytes(request.body()),
				first(request.headers(), CONTENT_TYPE));
		return plain.isForm() ? plain.encoded("llm-breaker-" + UUID.randomUUID()) : plain;
	}

	private static byte[] bytes(@Nullable String text) {
		return (text != null) ? text.getBytes(StandardCharsets.UTF_8) : new byte[0];
	}

	private ModelRequest encoded(String boundary) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		this.request.formDataFields().forEach((name, value) -> {
			begin(out, boundary, name, "");
			out.writeBytes(bytes(LINE + value + LINE));
		});
		this.request.formDataFiles().forEach((name, file) -> {
			begin(out, boundary, name, "; filename=\"" + quoted(file.fileName()) + '"');
			String type = file.contentType();
			out.writeBytes(bytes((type == null || type.isBlank()) ? LINE : "Content-Type: " + type + LINE + LINE));
			out.writeBytes(file.content());
			out.writeBytes(bytes(LINE));
		});
		out.writeBytes(bytes("--" + boundary + "--" + LINE));
		return new ModelRequest(this.request, this.url, out.toByteArray(), "multipart/form-data; boundary=" + boundary);
	}

	private static void begin(ByteArrayOutputStream out, String boundary, String name, String more) {
		out.writeBytes(bytes(
				"--" + boundary + LINE + "Content-Disposition: form-data; name=\"" + quoted(name) + '"' + more + LINE));
	}

	/** As browsers write names, so that none ends the line or the quotes. */
	private static String quoted(String name) {
		return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
	}

	boolean isForm() {
		return !this.request.formDataFields().isEmpty() || !this.request.formDataFiles().isEmpty();
	}

	URI urlOn(RequestRoute route) {
		return (route.rewrite() != null) ? route.rewrite().url() : this.url;
	}

	byte[] bodyOn(RequestRoute route) {
		return route.body(this.body, this.contentType);
	}

	/**
	 * Returns the headers to send on a route: to another provider only those go that
	 * can't be a credential, and what is configured for it.
	 */
	Map<String, List<String>> headersOn(RequestRoute route) {
		Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		RequestRewrite rewrite = route.rewrite();
		this.request.headers().forEach((name, values) -> {
			if (values != null && (rewrite == null || rewrite.keeps(name))) {
				headers.put(name, values);
			}
		});
		if (rewrite != null) {
			rewrite.ownHeaders().forEach((header) -> headers.put(header.name(), List.of(header.value())));
		}
		return headers;
	}

	/**
	 * Returns the same for who sends the body as it is encoded here.
	 */
	Map<String, List<String>> encodedHeadersOn(RequestRoute route) {
		Map<String, List<String>> headers = headersOn(route);
		if (isForm() && this.contentType != null) {
			headers.put(CONTENT_TYPE, List.of(this.contentType));
		}
		return headers;
	}

	static @Nullable String first(@Nullable Map<String, List<String>> headers, String name) {
		if (headers == null) {
			return null;
		}
		for (Map.Entry<String, List<String>> header : headers.entrySet()) {
			if (name.equalsIgnoreCase(header.getKey()) && header.getValue() != null && !header.getValue().isEmpty()) {
				return header.getValue().get(0);
			}
		}
		return null;
	}

}
