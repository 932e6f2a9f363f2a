// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * An OpenAI-compatible gateway that keeps answering while its providers fail.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class GatewayApplication {

	static {
		// Reactor Netty 1.3.6 can stop reading from a connection that is reused before
		// its
		// last answer has been put away, and the caller waits for ever
		// (reactor-netty#4361).
		System.setProperty("reactor.netty.http.server.lastFlushWhenNoRead", "true");
	}

	public static void main(String[] args) {
		SpringApplication.run(GatewayApplication.class, args);
	}

}
