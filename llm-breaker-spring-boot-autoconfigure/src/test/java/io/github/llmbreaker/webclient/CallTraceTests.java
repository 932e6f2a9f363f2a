// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.time.Duration;

import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmCallTrace;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.FallbackModel;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what an application learns of its calls through {@link LlmCallTrace}.
 */
class CallTraceTests {

	private final FakeLlmServer server = FakeLlmServer.start();

	private final GuardedWebClient guarded = new GuardedWebClient();

	private final LlmCallTrace trace = new LlmCallTrace();

	@BeforeEach
	void start() {
		this.guarded.provider("openai", this.server.url() + "/v1");
	}

	@AfterEach
	void stop() {
		this.guarded.close();
		this.server.close();
	}

	@Test
	void tellsOfAPlainCall() {
		this.server.enqueue(FakeAnswer.json(200, Chat.ANSWER));
		ask();
		assertThat(this.trace.attempts()).isOne();
		assertThat(this.trace.target()).isEqualTo(new LlmTarget("openai", "chat.completions", "big"));
		assertThat(this.trace.outcome().kind()).isEqualTo(OutcomeKind.SUCCESS);
	}

	@Test
	void tellsOfRetriesAndFallbacks() {
		this.guarded.retries(1).fallbacks(new FallbackModel(null, "small"));
		this.server.enqueue(FakeAnswer.json(503, Chat.OVERLOADED), FakeAnswer.json(503, Chat.OVERLOADED),
				FakeAnswer.json(200, Chat.ANSWER));
		ask();
		assertThat(this.trace.attempts()).isEqualTo(3);
		assertThat(this.trace.target()).isEqualTo(new LlmTarget("openai", "chat.completions", "small"));
		assertThat(this.trace.outcome().kind()).isEqualTo(OutcomeKind.SUCCESS);
	}

	@Test
	void countsAnAttemptOnceWhenTheFilterIsThereTwice() {
		this.guarded.retries(1);
		this.server.enqueue(FakeAnswer.json(503, Chat.OVERLOADED), FakeAnswer.json(200, Chat.ANSWER));
		this.guarded.builder()
			.filter(this.guarded.filter())
			.build()
			.post()
			.uri(this.server.url() + "/v1/chat/completions")
			.attribute(LlmCallTrace.ATTRIBUTE, this.trace)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{\"model\":\"big\"}")
			.retrieve()
			.bodyToMono(String.class)
			.block(Duration.ofSeconds(10));
		assertThat(this.trace.attempts()).isEqualTo(2);
	}

	@Test
	void aRejectionIsNoAttempt() {
		this.server.enqueue(FakeAnswer.json(200, Chat.ANSWER));
		ask();
		this.guarded.breaker("openai:big").forceOpen(null);
		LlmCallTrace rejected = new LlmCallTrace();
		assertThatExceptionOfType(LlmCallRejectedException.class).isThrownBy(() -> ask(rejected));
		assertThat(rejected.attempts()).isZero();
		assertThat(rejected.target()).isNull();
	}

	private void ask() {
		ask(this.trace);
	}

	private void ask(LlmCallTrace trace) {
		this.guarded.client()
			.post()
			.uri(this.server.url() + "/v1/chat/completions")
			.attribute(LlmCallTrace.ATTRIBUTE, trace)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{\"model\":\"big\"}")
			.retrieve()
			.bodyToMono(String.class)
			.block(Duration.ofSeconds(10));
	}

}
