// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.chat.scripted;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.web.server.PortInUseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TakenPortTests {

	@Test
	void portThatIsTakenIsNamed() throws IOException {
		Duration second = Duration.ofSeconds(1);
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			ScriptedProperties properties = new ScriptedProperties(taken.getLocalPort(),
					new ScriptedProperties.Phases(second, second, second), second,
					new ScriptedProperties.Traffic(false, second, 1));
			assertThatExceptionOfType(PortInUseException.class)
				.isThrownBy(() -> new ScriptedProviders(properties, new JsonMapper()))
				.satisfies((failure) -> assertThat(failure.getPort()).isEqualTo(taken.getLocalPort()));
		}
	}

	@Test
	void portOfRedisThatIsTakenIsNamed() throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThatExceptionOfType(PortInUseException.class)
				.isThrownBy(() -> new EmbeddedRedis(taken.getLocalPort()))
				.satisfies((failure) -> assertThat(failure.getPort()).isEqualTo(taken.getLocalPort()));
		}
	}

}
