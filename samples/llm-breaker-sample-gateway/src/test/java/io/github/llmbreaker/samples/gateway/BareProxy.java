// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * What a gateway costs at least: Reactor Netty that hands bytes on and looks at nothing.
 */
final class BareProxy {

	private final HttpClient client;

	private BareProxy(String upstream) {
		ConnectionProvider connections = ConnectionProvider.builder("upstream").maxConnections(4000).build();
		this.client = HttpClient.create(connections).baseUrl(upstream);
	}

	public static void main(String[] arguments) {
		BareProxy proxy = new BareProxy(arguments[1]);
		HttpServer.create()
			.host("127.0.0.1")
			.port(Integer.parseInt(arguments[0]))
			.handle(proxy::pass)
			.bindNow()
			.onDispose()
			.block();
	}

	private Mono<Void> pass(HttpServerRequest request, HttpServerResponse response) {
		Flux<ByteBuf> body = request.receive().retain();
		return this.client.headers((headers) -> {
			headers.set(request.requestHeaders());
			headers.remove(HttpHeaderNames.HOST);
		}).request(request.method()).uri(request.uri()).send(body).response((answer, bytes) -> {
			response.status(answer.status()).headers(answer.responseHeaders());
			return response.send(ByteBufFlux.fromInbound(bytes.retain()));
		}).then();
	}

}
