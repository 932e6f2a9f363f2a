// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.net.URI;
import java.util.Objects;

import io.github.llmbreaker.provider.request.RequestRewrite;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import reactor.netty.NettyPipeline;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.client.HttpClientRequest;

/**
 * Knows the request below a connector of Reactor Netty, which has the headers that its
 * {@code HttpClient} sets on every request. Must not be loaded without Reactor Netty.
 */
final class ReactorNettyRequest {

	private ReactorNettyRequest() {
	}

	/**
	 * Cleans the headers of a request now and when they are written, for there are
	 * cookies that appear only then.
	 * @param nativeRequest the request of any connector
	 * @param rewrite says what may go along
	 */
	static void clean(Object nativeRequest, RequestRewrite rewrite) {
		if (nativeRequest instanceof HttpClientRequest request) {
			clean(request.requestHeaders(), rewrite);
			if (request instanceof ChannelOperations<?, ?> operations) {
				cleanWritten(operations, rewrite);
			}
		}
	}

	/**
	 * Whether the client follows a redirect that leads to another host.
	 * @param nativeRequest the request of any connector
	 */
	static boolean isRedirected(Object nativeRequest) {
		if (!(nativeRequest instanceof HttpClientRequest request) || request.redirectedFrom().length == 0) {
			return false;
		}
		URI from = URI.create(request.redirectedFrom()[0]);
		URI to = URI.create(String.valueOf(request.resourceUrl()));
		return !Objects.equals(from.getHost(), to.getHost())
				|| (from.getPort() != to.getPort() && !"https".equals(to.getScheme()));
	}

	private static void clean(HttpHeaders headers, RequestRewrite rewrite) {
		rewrite.clean(headers.names(), headers::remove, headers::set);
	}

	private static void cleanWritten(ChannelOperations<?, ?> operations, RequestRewrite rewrite) {
		ChannelPipeline pipeline = operations.channel().pipeline();
		String codec = (pipeline.context(NettyPipeline.HttpCodec) != null) ? NettyPipeline.HttpCodec
				: NettyPipeline.H2ToHttp11Codec;
		if (pipeline.context(codec) != null) {
			pipeline.addAfter(codec, null, new Cleaner(operations, rewrite));
		}
	}

	/** Cleans one head at the last place before it becomes bytes. */
	private static final class Cleaner extends ChannelOutboundHandlerAdapter {

		private final ChannelOperations<?, ?> operations;

		private final RequestRewrite rewrite;

		Cleaner(ChannelOperations<?, ?> operations, RequestRewrite rewrite) {
			this.operations = operations;
			this.rewrite = rewrite;
		}

		@Override
		public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
			if (message instanceof HttpRequest request) {
				context.pipeline().remove(this);
				// it is another one's if ours was never written
				if (ChannelOperations.get(context.channel()) == this.operations) {
					clean(request.headers(), this.rewrite);
				}
			}
			context.write(message, promise);
		}

	}

}
