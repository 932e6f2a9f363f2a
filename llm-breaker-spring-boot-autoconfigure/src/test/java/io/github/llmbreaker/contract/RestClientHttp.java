// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.contract;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestClient;

/**
 * Calls with a {@code RestClient}.
 */
final class RestClientHttp implements BlockingHttp {

	private static final int FEW = 16;

	private final RestClient client;

	private final RestClient inMemory;

	private final Function<Ask, String> urls;

	RestClientHttp(RestClient.Builder builder, ClientHttpRequestFactory factory, Function<Ask, String> urls) {
		RestClient.Builder ready = builder.requestFactory(new ThrowingRequestFactory(factory));
		this.client = ready.build();
		this.inMemory = ready.clone().bufferContent((url, method) -> true).build();
		this.urls = urls;
	}

	@Override
	public void read(Ask ask, StringBuffer into) {
		RestClient.RequestBodySpec request = ((ask.reading() == Reading.TWICE) ? this.inMemory : this.client)
			.method(ask.method())
			.uri(this.urls.apply(ask));
		if (!ask.json().isEmpty()) {
			request.contentType(MediaType.APPLICATION_JSON).body(ask.json());
		}
		switch (ask.reading()) {
			case WHOLE, NOTHING -> {
				byte[] body = request.retrieve().body(byte[].class);
				into.append(text((body != null) ? body : new byte[0]));
			}
			case BODILESS -> request.retrieve().toBodilessEntity();
			default -> request.exchange((sent, response) -> {
				if (response.getStatusCode().isError()) {
					throw response.createException();
				}
				read(ask, response, into);
				return into;
			});
		}
	}

	static void read(Ask ask, ClientHttpResponse response, StringBuffer into) throws IOException {
		if (ask.reading() == Reading.HEAD || ask.reading() == Reading.AT_HEAD) {
			return;
		}
		if (ask.reading() == Reading.TWICE) {
			String before = text(response.getBody().readAllBytes());
			into.append(text(response.getBody().readAllBytes()));
			if (!before.contentEquals(into)) {
				throw new IllegalStateException("'%s' is not '%s'".formatted(into, before));
			}
			return;
		}
		InputStream body = response.getBody();
		byte[] buffer = new byte[FEW];
		int count = 0;
		while (count >= 0 && !ask.isEnough(into.length())) {
			count = body.read(buffer, 0,
					ask.reading() == Reading.PIECES ? FEW : Math.min(FEW, ask.bytes() - into.length()));
			into.append(new String(buffer, 0, Math.max(0, count), StandardCharsets.UTF_8));
		}
		ask.check(into.length());
	}

	static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

}
