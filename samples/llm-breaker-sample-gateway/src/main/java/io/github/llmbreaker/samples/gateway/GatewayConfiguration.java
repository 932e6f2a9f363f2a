// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.time.Duration;

import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.util.StringUtils;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Connects the gateway's two endpoints with its upstream.
 */
@Configuration(proxyBeanMethods = false)
class GatewayConfiguration {

	/** As many streams at a time as callers ask for, not the default of 500. */
	private static final int MAX_CONNECTIONS = 4000;

	@Bean
	RouterFunction<ServerResponse> routes(ChatCompletions chatCompletions, Upstream upstream) {
		return RouterFunctions.route()
			.POST("/v1/chat/completions", chatCompletions::complete)
			.GET("/v1/models",
					(request) -> upstream.models()
						.flatMap(GatewayConfiguration::answer)
						.onErrorResume(ErrorAnswers::of))
			.route(RequestPredicates.path("/v1/**"),
					(request) -> ErrorAnswers.json(HttpStatus.NOT_FOUND)
						.bodyValue(Json.error("The gateway has no such endpoint", "not_found")))
			.build();
	}

	private static Mono<ServerResponse> answer(ResponseEntity<String> models) {
		String body = models.getBody();
		return ErrorAnswers.json(models.getStatusCode()).bodyValue((body != null) ? body : "");
	}

	@Bean
	ChatCompletions chatCompletions(Upstream upstream, GatewayProperties properties) {
		return new ChatCompletions(upstream, properties.streamEndGrace());
	}

	@Bean
	Upstream upstream(WebClient.Builder builder, GatewayProperties properties) {
		String baseUrl = StringUtils.trimTrailingCharacter(properties.upstream().baseUrl(), '/');
		WebClient.Builder client = builder.clone().baseUrl(baseUrl);
		if (StringUtils.hasText(properties.upstream().apiKey())) {
			client.defaultHeaders((headers) -> headers.setBearerAuth(properties.upstream().apiKey()));
		}
		return new Upstream(client.build());
	}

	/**
	 * Reactor Netty's own retry is off: how often a model is asked is decided by
	 * configuration alone.
	 */
	@Bean
	ReactorClientHttpConnectorBuilder clientHttpConnectorBuilder() {
		ConnectionProvider connections = ConnectionProvider.builder("upstream")
			.maxConnections(MAX_CONNECTIONS)
			.pendingAcquireTimeout(Duration.ofSeconds(5))
			.maxIdleTime(Duration.ofSeconds(30))
			.build();
		return ClientHttpConnectorBuilder.reactor()
			.withHttpClientFactory(() -> HttpClient.create(connections).disableRetry(true));
	}

}
