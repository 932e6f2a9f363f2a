// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.contract;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Calls with a {@code WebClient}.
 */
final class WebClientHttp implements ReactiveHttp {

	private final WebClient client;

	private final Function<Ask, String> urls;

	WebClientHttp(WebClient.Builder builder, ClientHttpConnector connector, Function<Ask, String> urls) {
		this.client = builder.clientConnector((method, url, request) -> {
			ThrowingRequestFactory.check(url);
			return connector.connect(method, url, request);
		}).codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(-1)).build();
		this.urls = urls;
	}

	@Override
	public Mono<String> whole(Ask ask) {
		return switch (ask.reading()) {
			case HEAD -> request(ask)
				.exchangeToMono((response) -> response.statusCode().isError() ? response.createError() : Mono.just(""));
			case BODILESS -> request(ask).retrieve().toBodilessEntity().thenReturn("");
			default -> request(ask).retrieve().bodyToMono(String.class);
		};
	}

	@Override
	public Flux<String> pieces(Ask ask) {
		if (ask.reading() == Reading.AT_HEAD) {
			return request(ask).exchangeToFlux(
					(response) -> Flux.<String>never().doOnSubscribe((subscription) -> ask.arrived().complete(null)));
		}
		return request(ask).retrieve().bodyToFlux(DataBuffer.class).map(WebClientHttp::text);
	}

	private WebClient.RequestHeadersSpec<?> request(Ask ask) {
		WebClient.RequestBodySpec request = this.client.method(ask.method()).uri(this.urls.apply(ask));
		return ask.method().equals(HttpMethod.HEAD) ? request
				: request.bodyValue(Map.of("model", ask.model(), "stream", ask.stream()));
	}

	private static String text(DataBuffer buffer) {
		String text = buffer.toString(StandardCharsets.UTF_8);
		DataBufferUtils.release(buffer);
		return text;
	}

}
