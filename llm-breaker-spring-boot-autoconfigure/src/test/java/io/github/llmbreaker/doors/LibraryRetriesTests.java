// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.doors;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests that the retries of a library are off where a policy has its own, and nowhere
 * else.
 */
class LibraryRetriesTests {

	private final FakeLlmServer server = FakeLlmServer.start();

	private ConfigurableApplicationContext context;

	@AfterEach
	void stop() {
		this.context.close();
		this.server.close();
	}

	@Test
	void sdkOfAnotherProviderKeepsItsRetries() {
		run("llm-breaker.policies.claude.models=anthropic:claude-*", "llm-breaker.policies.claude.retry.max-retries=1",
				"llm-breaker.policies.claude.retry.backoff=1ms");
		this.server.always(FakeAnswer.json(503, "{}"));
		assertThat(requests("Anthropic SDK")).isEqualTo(2);
		assertThat(requests("OpenAI SDK")).isEqualTo(3);
	}

	@Test
	void policyWithoutAProviderIsForAll() {
		run("llm-breaker.policies.all.models=*", "llm-breaker.policies.all.retry.max-retries=1",
				"llm-breaker.policies.all.retry.backoff=1ms");
		this.server.always(FakeAnswer.json(503, "{}"));
		assertThat(requests("Anthropic SDK")).isEqualTo(2);
		assertThat(requests("OpenAI SDK")).isEqualTo(2);
	}

	private int requests(String door) {
		int before = this.server.requestCount();
		Door asked = Stream.of(Door.ALL).filter((each) -> each.name().equals(door)).findFirst().orElseThrow();
		assertThat(catchThrowable(() -> asked.ask(this.context))).isNotNull();
		return this.server.requestCount() - before;
	}

	private void run(String... properties) {
		List<String> arguments = new ArrayList<>(List.of("spring.config.name=retries", "spring.ai.openai.api-key=key",
				"spring.ai.anthropic.api-key=key", "spring.ai.model.chat=openai", "logging.level.root=warn"));
		arguments.add("server=" + this.server.url());
		arguments.addAll(List.of(properties));
		this.context = DoorsApplication.run(arguments, this.server.url());
	}

}
