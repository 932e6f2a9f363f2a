// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.call.Unchecked;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.AbstractClientHttpRequestFactoryWrapper;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.InterceptingClientHttpRequestFactory;

/**
 * Puts the LLM calls of a {@code RestClient} or {@code RestTemplate} behind the breakers
 * of their models, as the interceptor does, and keeps away from all other requests: an
 * interceptor makes Spring keep every request's body in memory before it is sent.
 *
 * @since 0.1.0
 */
public final class LlmBreakerClientHttpRequestFactory extends AbstractClientHttpRequestFactoryWrapper {

	private final LlmBreakerClientHttpRequestInterceptor interceptor;

	private final ClientHttpRequestFactory guarded;

	/**
	 * Creates a factory.
	 * @param requestFactory makes the requests
	 * @param interceptor guards those that are LLM calls
	 */
	public LlmBreakerClientHttpRequestFactory(ClientHttpRequestFactory requestFactory,
			LlmBreakerClientHttpRequestInterceptor interceptor) {
		super(requestFactory);
		this.interceptor = interceptor;
		this.guarded = new InterceptingClientHttpRequestFactory(requestFactory, List.of(interceptor));
	}

	@Override
	protected ClientHttpRequest createRequest(URI url, HttpMethod method, ClientHttpRequestFactory requestFactory)
			throws IOException {
		if (this.interceptor.guards(url, null)) {
			return this.guarded.createRequest(url, method);
		}
		ClientHttpRequest request = requestFactory.createRequest(url, method);
		return (request instanceof StreamingHttpOutputMessage) ? new StreamingRequest(request)
				: new PlainRequest(request);
	}

	/**
	 * Returns the request as it is sent: the application may have named its target
	 * meanwhile.
	 */
	private ClientHttpRequest settle(ClientHttpRequest request) throws IOException {
		Object target = request.getAttributes().get(LlmTarget.ATTRIBUTE);
		if (target == null || !this.interceptor.guards(request.getURI(), target)) {
			return request;
		}
		ClientHttpRequest settled = this.guarded.createRequest(request.getURI(), request.getMethod());
		settled.getHeaders().putAll(request.getHeaders());
		settled.getAttributes().putAll(request.getAttributes());
		return settled;
	}

	/**
	 * A request that is no LLM call by its URL, and may become one until its body is
	 * written.
	 */
	private class PlainRequest implements ClientHttpRequest {

		private ClientHttpRequest request;

		private boolean settled;

		PlainRequest(ClientHttpRequest request) {
			this.request = request;
		}

		final ClientHttpRequest settled() throws IOException {
			if (!this.settled) {
				this.request = settle(this.request);
				this.settled = true;
			}
			return this.request;
		}

		@Override
		public HttpMethod getMethod() {
			return this.request.getMethod();
		}

		@Override
		public URI getURI() {
			return this.request.getURI();
		}

		@Override
		public HttpHeaders getHeaders() {
			return this.request.getHeaders();
		}

		@Override
		public Map<String, Object> getAttributes() {
			return this.request.getAttributes();
		}

		@Override
		public OutputStream getBody() throws IOException {
			return settled().getBody();
		}

		@Override
		public ClientHttpResponse execute() throws IOException {
			return settled().execute();
		}

	}

	/**
	 * A {@link PlainRequest} of clients that write a body while they send it.
	 */
	private final class StreamingRequest extends PlainRequest implements StreamingHttpOutputMessage {

		StreamingRequest(ClientHttpRequest request) {
			super(request);
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

}
