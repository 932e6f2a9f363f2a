// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Closes the connection of a caller that reads nothing for a while although much is
 * waiting for it. Costs nothing as long as callers read.
 */
final class StalledReaderHandler extends ChannelInboundHandlerAdapter {

	private final Duration timeout;

	private @Nullable Future<?> check;

	StalledReaderHandler(Duration timeout) {
		this.timeout = timeout;
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		if (context.channel().isWritable()) {
			stop();
		}
		else if (this.check == null) {
			watch(context);
		}
		context.fireChannelWritabilityChanged();
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		stop();
		context.fireChannelInactive();
	}

	private void watch(ChannelHandlerContext context) {
		long before = waiting(context);
		this.check = context.executor().schedule(() -> {
			if (waiting(context) >= before) {
				context.close();
			}
			else {
				watch(context);
			}
		}, this.timeout.toMillis(), TimeUnit.MILLISECONDS);
	}

	private void stop() {
		Future<?> check = this.check;
		if (check != null) {
			check.cancel(false);
			this.check = null;
		}
	}

	private static long waiting(ChannelHandlerContext context) {
		ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
		return (buffer != null) ? buffer.totalPendingWriteBytes() : 0;
	}

}
