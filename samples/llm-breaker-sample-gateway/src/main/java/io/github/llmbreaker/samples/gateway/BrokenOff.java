// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;

/**
 * Ends an answer so that nobody can take it for a whole one: what was written is sent,
 * then the connection is closed in the middle of the body. That is the one thing that
 * every client notices, whether it knows error events or not.
 */
final class BrokenOff {

	private BrokenOff() {
	}

	/**
	 * Closes the connection.
	 * @param response the answer
	 * @return never ends by itself; the closed connection cancels it
	 */
	static <T> Mono<T> end(ServerHttpResponse response) {
		return Mono.defer(() -> {
			Object server = ServerHttpResponseDecorator.getNativeResponse(response);
			if (!(server instanceof HttpServerResponse netty)) {
				return Mono.error(new IllegalStateException("The provider's answer broke off"));
			}
			netty.withConnection((connection) -> {
				Channel channel = connection.channel();
				// after everything that was written before
				channel.eventLoop()
					.execute(() -> channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
						.addListener(ChannelFutureListener.CLOSE));
			});
			return Mono.never();
		});
	}

}
