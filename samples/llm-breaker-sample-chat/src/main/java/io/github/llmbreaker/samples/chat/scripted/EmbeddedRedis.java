// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.chat.scripted;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

import redis.embedded.RedisServer;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * The Redis of the two instances, so that there is nothing to install.
 */
@Component
@Profile("fleet")
@ConditionalOnBooleanProperty("scripted.embedded-redis")
final class EmbeddedRedis implements DisposableBean {

	private final RedisServer server;

	EmbeddedRedis(@Value("${spring.data.redis.port}") int port) {
		checkFree(port);
		try {
			this.server = RedisServer.newRedisServer()
				.port(port)
				.bind("127.0.0.1")
				.setting("save \"\"")
				.setting("appendonly no")
				.build();
			this.server.start();
		}
		catch (IOException | RuntimeException ex) {
			throw new NoRedisException(ex);
		}
	}

	/** The application says which port is taken, as it does for the one of its own. */
	private static void checkFree(int port) {
		try {
			new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
		}
		catch (IOException ex) {
			throw new PortInUseException(port, ex);
		}
	}

	@Override
	public void destroy() throws IOException {
		this.server.stop();
	}

}
