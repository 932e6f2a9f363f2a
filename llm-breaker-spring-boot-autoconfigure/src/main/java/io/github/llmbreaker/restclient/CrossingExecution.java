// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import java.io.IOException;

import org.springframework.http.HttpRequest;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.util.StreamUtils;

/**
 * Sends what goes to another provider on a way of its own: interceptors of the
 * application that run after ours, and its request factory, add what only the first
 * provider may see.
 *
 * @param execution the way of all other requests
 * @param elsewhere makes the requests to other providers
 */
record CrossingExecution(ClientHttpRequestExecution execution,
		ClientHttpRequestFactory elsewhere) implements ClientHttpRequestExecution {

	@Override
	public ClientHttpResponse execute(HttpRequest request, byte[] body) throws IOException {
		return (request instanceof OutgoingRequest.RewrittenRequest rewritten && rewritten.isCrossing())
				? send(rewritten, body) : this.execution.execute(request, body);
	}

	private ClientHttpResponse send(OutgoingRequest.RewrittenRequest rewritten, byte[] body) throws IOException {
		ClientHttpRequest request = this.elsewhere.createRequest(rewritten.getURI(), rewritten.getMethod());
		request.getAttributes().putAll(rewritten.getAttributes());
		rewritten.writeTo(request.getHeaders());
		if (body.length > 0) {
			request.getHeaders().setContentLength(body.length);
			write(request, body);
		}
		return request.execute();
	}

	private static void write(ClientHttpRequest request, byte[] body) throws IOException {
		if (request instanceof StreamingHttpOutputMessage streaming) {
			streaming.setBody(body);
		}
		else {
			StreamUtils.copy(body, request.getBody());
		}
	}

}
