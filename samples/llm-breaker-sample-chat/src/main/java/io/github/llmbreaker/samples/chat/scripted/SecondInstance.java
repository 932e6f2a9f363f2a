// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.chat.scripted;

import java.util.Arrays;
import java.util.stream.Stream;

import io.github.llmbreaker.samples.chat.ChatApplication;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * One more instance of the chat, with the same command line but for its port. It stops
 * before Redis does.
 */
@Component
@Profile("fleet")
final class SecondInstance implements DisposableBean {

	private final ApplicationArguments arguments;

	private @Nullable ConfigurableApplicationContext context;

	SecondInstance(ApplicationArguments arguments, ObjectProvider<EmbeddedRedis> redis) {
		this.arguments = arguments;
		redis.getIfAvailable();
	}

	ConfigurableApplicationContext start() {
		Stream<String> given = Arrays.stream(this.arguments.getSourceArgs())
			.filter((argument) -> !argument.startsWith("--server.port"))
			.filter((argument) -> !argument.startsWith("--spring.profiles.active"));
		ConfigurableApplicationContext started = new SpringApplicationBuilder(ChatApplication.class)
			.run(Stream.concat(given, Stream.of("--spring.profiles.active=second")).toArray(String[]::new));
		this.context = started;
		return started;
	}

	@Override
	public void destroy() {
		if (this.context != null) {
			this.context.close();
		}
	}

}
