// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;

/**
 * Makes requests with a client of the JDK that follows no redirects. The client is made
 * when it is needed: few applications fall back to other providers.
 */
final class PlainRequestFactory implements ClientHttpRequestFactory {

	@Override
	public ClientHttpRequest createRequest(URI url, HttpMethod method) throws IOException {
		return Client.FACTORY.createRequest(url, method);
	}

	/**
	 * Holds the client that all share.
	 */
	private static final class Client {

		static final ClientHttpRequestFactory FACTORY = new JdkClientHttpRequestFactory(
				HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build());

	}

}
