// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.contract;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;

import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.BufferingClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.RestTemplate;

/**
 * Calls with a {@code RestTemplate}.
 */
final class RestTemplateHttp implements BlockingHttp {

	private final RestTemplate template;

	private final RestTemplate inMemory;

	private final Function<Ask, String> urls;

	RestTemplateHttp(RestTemplateBuilder builder, ClientHttpRequestFactory factory, Function<Ask, String> urls) {
		ClientHttpRequestFactory throwing = new ThrowingRequestFactory(factory);
		this.template = builder.requestFactory(() -> throwing).build();
		this.inMemory = builder.requestFactory(() -> new BufferingClientHttpRequestFactory(throwing)).build();
		this.urls = urls;
	}

	@Override
	public void read(Ask ask, StringBuffer into) {
		RestTemplate client = (ask.reading() == Reading.TWICE) ? this.inMemory : this.template;
		String url = this.urls.apply(ask);
		switch (ask.reading()) {
			case WHOLE, NOTHING -> {
				byte[] body = client.exchange(url, ask.method(), entity(ask), byte[].class).getBody();
				into.append(RestClientHttp.text((body != null) ? body : new byte[0]));
			}
			case BODILESS -> client.exchange(url, ask.method(), entity(ask), Void.class);
			default -> client.execute(url, ask.method(), (request) -> {
				request.getHeaders().setContentType(MediaType.APPLICATION_JSON);
				request.getBody().write(ask.json().getBytes(StandardCharsets.UTF_8));
			}, (response) -> {
				RestClientHttp.read(ask, response, into);
				return into;
			});
		}
	}

	private static HttpEntity<String> entity(Ask ask) {
		HttpHeaders headers = new HttpHeaders();
		headers.setContentType(MediaType.APPLICATION_JSON);
		return new HttpEntity<>(ask.json().isEmpty() ? null : ask.json(), headers);
	}

}
