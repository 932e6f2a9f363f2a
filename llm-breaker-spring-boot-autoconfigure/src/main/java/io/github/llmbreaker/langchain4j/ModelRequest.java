// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

	static ModelRequest of(HttpRequest request, URI url) {
		if (request.formDataFields().isEmpty() && request.formDataFiles().isEmpty()) {
			byte[] body = (request.body() != null) ? request.body().getBytes(StandardCharsets.UTF_8) : new byte[0];
			return new ModelRequest(request, url, body, first(request.headers(), CONTENT_TYPE));
		}
		FormData form = FormData.of(request.formDataFields(), request.formDataFiles());
		return new ModelRequest(request, url, form.bytes(), form.contentType());
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
