// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import io.github.llmbreaker.call.RequestRoute;
import io.github.llmbreaker.provider.request.RequestRewrite;

/**
 * Sends requests with any client of LangChain4j. Such a client keeps the headers of
 * errors for itself.
 */
final class ClientTransport implements CallTransport {

	private final Supplier<HttpClient> client;

	ClientTransport(Supplier<HttpClient> client) {
		this.client = client;
	}

	@Override
	public ClientAnswer send(ModelRequest call, RequestRoute route, boolean stream) throws IOException {
		HttpRequest request = request(call, route);
		if (stream) {
			return HandoverListener.of(this.client.get(), request);
		}
		try {
			SuccessfulHttpResponse response = this.client.get().execute(request);
			byte[] body = response.bodyBytes();
			return new WholeAnswer(response.statusCode(), response.headers(), (body != null) ? body : new byte[0]);
		}
		catch (HttpException ex) {
			return WholeAnswer.of(ex);
		}
	}

	private static HttpRequest request(ModelRequest call, RequestRoute route) {
		RequestRewrite rewrite = route.rewrite();
		HttpRequest original = call.request();
		if (rewrite == null) {
			return original;
		}
		HttpRequest.Builder request = HttpRequest.builder()
			.method(original.method())
			.url(rewrite.url().toString())
			.headers(call.headersOn(route));
		if (call.isForm()) {
			// the client encodes it
			Map<String, String> fields = new LinkedHashMap<>(original.formDataFields());
			fields.computeIfPresent("model", (name, model) -> rewrite.model());
			return request.formDataFields(fields).formDataFiles(original.formDataFiles()).build();
		}
		return ((original.body() != null) ? request.body(new String(call.bodyOn(route), StandardCharsets.UTF_8))
				: request)
			.build();
	}

}
