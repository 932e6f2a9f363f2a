// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.net.URI;
import java.util.Map;

import io.github.llmbreaker.LlmCallTrace;
import io.github.llmbreaker.LlmTarget;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.StringUtils;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Asks the service behind the gateway. Everything else, from breakers to fallbacks, is
 * done by the starter underneath.
 */
class Upstream {

	private final WebClient client;

	private final String baseUrl;

	private final @Nullable String authorization;

	Upstream(WebClient client, GatewayProperties.Upstream properties) {
		this.client = client;
		this.baseUrl = StringUtils.trimTrailingCharacter(properties.baseUrl(), '/');
		this.authorization = StringUtils.hasText(properties.apiKey()) ? "Bearer " + properties.apiKey() : null;
	}

	/** Whether callers bring the provider's key themselves. */
	boolean wantsCallersKey() {
		return this.authorization == null;
	}

	/**
	 * Asks.
	 * @param method the method
	 * @param pathAndQuery what follows the base URL
	 * @param headers the headers that pass
	 * @param body the body as it came, {@code null} if there is none
	 * @param call what the starter is told of the call
	 * @return the answer, whatever its status
	 */
	Mono<ResponseEntity<Flux<DataBuffer>>> ask(HttpMethod method, String pathAndQuery, HttpHeaders headers,
			byte @Nullable [] body, Call call) {
		WebClient.RequestBodySpec request = this.client.method(method)
			.uri(URI.create(this.baseUrl + pathAndQuery))
			.attributes(call::tell)
			.headers((sent) -> {
				sent.putAll(headers);
				if (this.authorization != null) {
					sent.set(HttpHeaders.AUTHORIZATION, this.authorization);
				}
				if (body != null && sent.getContentType() == null) {
					sent.setContentType(MediaType.APPLICATION_JSON);
				}
			});
		WebClient.RequestHeadersSpec<?> spec = (body != null) ? request.bodyValue(body) : request;
		return spec.retrieve()
			.onStatus((status) -> true, (response) -> Mono.empty())
			.toEntityFlux(BodyExtractors.toDataBuffers());
	}

	/**
	 * What the starter is told of a call.
	 *
	 * @param trace told who answered
	 * @param target whose breakers the call belongs to; {@code null} if to all callers'
	 */
	record Call(LlmCallTrace trace, @Nullable LlmTarget target) {

		private void tell(Map<String, Object> attributes) {
			attributes.put(LlmCallTrace.ATTRIBUTE, this.trace);
			if (this.target != null) {
				attributes.put(LlmTarget.ATTRIBUTE, this.target);
			}
		}

	}

}
