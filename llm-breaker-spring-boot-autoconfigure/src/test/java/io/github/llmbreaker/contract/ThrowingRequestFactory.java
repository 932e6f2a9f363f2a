// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.contract;

import java.io.IOException;
import java.net.URI;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.AbstractClientHttpRequestFactoryWrapper;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * An HTTP client that throws an error instead of sending what says so.
 */
final class ThrowingRequestFactory extends AbstractClientHttpRequestFactoryWrapper {

	/** Part of the URL of requests that are not sent. */
	static final String ASSERTION_ERROR = "?throw=assertion";

	static final String LINKAGE_ERROR = "?throw=linkage";

	ThrowingRequestFactory(ClientHttpRequestFactory delegate) {
		super(delegate);
	}

	@Override
	protected ClientHttpRequest createRequest(URI url, HttpMethod method, ClientHttpRequestFactory delegate)
			throws IOException {
		check(url);
		return delegate.createRequest(url, method);
	}

	static void check(URI url) {
		if (url.toString().endsWith(ASSERTION_ERROR)) {
			throw new AssertionError("a bug inside");
		}
		if (url.toString().endsWith(LINKAGE_ERROR)) {
			throw new NoClassDefFoundError("missing inside");
		}
	}

}
