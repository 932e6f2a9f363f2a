/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.llmbreaker.restclient;

import java.net.URI;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.support.HttpRequestWrapper;

/**
 * The same request with another URL and other headers.
 */
final class RewrittenRequest extends HttpRequestWrapper {

	private final URI url;

	private final HttpHeaders headers;

	RewrittenRequest(HttpRequest request, URI url, HttpHeaders headers) {
		super(request);
		this.url = url;
		this.headers = headers;
	}

	@Override
	public URI getURI() {
		return this.url;
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.headers;
	}

}
