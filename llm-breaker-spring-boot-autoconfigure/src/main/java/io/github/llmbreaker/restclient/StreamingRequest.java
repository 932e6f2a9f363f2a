// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import java.io.IOException;

import io.github.llmbreaker.call.Unchecked;

import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.ClientHttpRequest;

/**
 * The same for clients that write a body while they send it.
 */
final class StreamingRequest extends PlainRequest implements StreamingHttpOutputMessage {

	StreamingRequest(LlmBreakerClientHttpRequestFactory factory, ClientHttpRequest request) {
		super(factory, request);
	}

	@Override
	public void setBody(Body body) {
		try {
			ClientHttpRequest request = settled();
			if (request instanceof StreamingHttpOutputMessage streaming) {
				streaming.setBody(body);
			}
			else {
				body.writeTo(request.getBody());
			}
		}
		catch (IOException ex) {
			throw Unchecked.rethrow(ex);
		}
	}

}
