// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;

/**
 * Connects the gateway's callers with its upstream.
 */
@Configuration(proxyBeanMethods = false)
class GatewayConfiguration {

	/** As many streams at a time as callers ask for, not the default of 500. */
	private static final int MAX_CONNECTIONS = 4000;

	@Bean
	HandlerMapping gatewayMapping(GatewayHandler handler) {
		return new SimpleUrlHandlerMapping(Map.of("/v1/**", handler), -1);
	}

	/** Whatever nobody else knows is told in the gateway's words, too. */
	@Bean
	HandlerMapping unknownMapping(GatewayHandler handler) {
		return new SimpleUrlHandlerMapping(Map.of("/**", handler), 10);
	}

	@Bean
	GatewayHandler gatewayHandler(Upstream upstream, CallerKeys keys, RunningCalls running, BodyBudget budget,
			GatewayProperties properties) {
		return new GatewayHandler(upstream, keys, running, budget, properties);
	}

	@Bean
	BodyBudget bodyBudget() {
		return BodyBudget.ofHeap();
	}

	@Bean
	RunningCalls runningCalls(GatewayProperties properties) {
		return new RunningCalls(properties.shutdownGrace());
	}

	@Bean
	CallerKeys callerKeys(GatewayProperties properties, ServerProperties server) {
		CallerKeys keys = new CallerKeys(properties.keys());
		InetAddress address = server.getAddress();
		if (keys.isEmpty() && !isPrivate(address)) {
			throw new OpenDoorException((address != null) ? address.getHostAddress() : null);
		}
		if (keys.isEmpty() && properties.isPartitioned()) {
			throw new IllegalArgumentException(
					"'gateway.partition' is 'caller', so that 'gateway.keys.<name>' must say who the callers are");
		}
		return keys;
	}

	private static boolean isPrivate(@Nullable InetAddress address) {
		return address != null && address.isLoopbackAddress();
	}

	@Bean
	Upstream upstream(WebClient.Builder builder, GatewayProperties properties) {
		return new Upstream(builder.build(), properties.upstream());
	}

	/** Nobody keeps a connection busy without reading or writing. */
	@Bean
	NettyServerCustomizer patience(GatewayProperties properties) {
		Duration reader = properties.readerTimeout();
		// later than the gateway's own, which has an answer
		Duration upload = properties.uploadTimeout().plusSeconds(10);
		return (server) -> server.requestTimeout(upload)
			.doOnConnection(
					(connection) -> connection.addHandlerLast("stalledReader", new StalledReaderHandler(reader)));
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
