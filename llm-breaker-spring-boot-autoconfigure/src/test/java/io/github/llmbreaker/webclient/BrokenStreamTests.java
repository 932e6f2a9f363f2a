// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.FallbackModel;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for streams with events that are no JSON, on real sockets.
 */
class BrokenStreamTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final String CUT = "data: {\"id\":\"x\",\"choices\":[{\"delta\":{\"content\":\"He\n\n";

	private static final String GOOD = Chat.ROLE + Chat.delta("Hello") + Chat.FINISH + Chat.DONE;

	private final FakeLlmServer server = FakeLlmServer.start();

	private final GuardedWebClient guarded = new GuardedWebClient();

	@BeforeEach
	void start() {
		this.guarded.provider("openai", this.server.url() + "/v1");
	}

	@AfterEach
	void stop() {
		this.guarded.close();
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { CUT, "data: <html>\n\n", "data: not json\n\n" })
	void brokenEventPassesUnchangedAndCountsAtTheEnd(String event) {
		this.server.always(FakeAnswer.sse(Chat.ROLE, Chat.delta("a"), event, Chat.delta("b"), Chat.FINISH, Chat.DONE));
		for (int i = 0; i < 2; i++) {
			assertThat(ask("big"))
				.isEqualTo(Chat.ROLE + Chat.delta("a") + event + Chat.delta("b") + Chat.FINISH + Chat.DONE);
		}
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.STREAM_ERROR, OutcomeKind.STREAM_ERROR);
		assertThat(this.guarded.outcome().countsAsFailure()).isTrue();
		assertThat(this.guarded.state("openai:big")).isEqualTo(BreakerState.OPEN);
	}

	@Test
	void brokenEventBeforeAnyContentIsRetried() {
		this.guarded.retries(1);
		this.server.enqueue(FakeAnswer.sse(Chat.ROLE, CUT, Chat.delta("b"), Chat.FINISH, Chat.DONE),
				FakeAnswer.sse(GOOD));
		assertThat(ask("big")).isEqualTo(GOOD);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.STREAM_ERROR, OutcomeKind.SUCCESS);
	}

	@Test
	void brokenEventAfterContentIsNotRetried() {
		this.guarded.retries(1);
		this.server.enqueue(FakeAnswer.sse(Chat.delta("a"), CUT, Chat.FINISH, Chat.DONE));
		assertThat(ask("big")).isEqualTo(Chat.delta("a") + CUT + Chat.FINISH + Chat.DONE);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.STREAM_ERROR);
	}

	@Test
	void brokenStreamThatIsHeldBackIsRetried() {
		this.guarded.retries(1).buffered();
		this.server.enqueue(FakeAnswer.sse(Chat.delta("a"), CUT, Chat.delta("b"), Chat.FINISH, Chat.DONE),
				FakeAnswer.sse(GOOD));
		assertThat(ask("big")).isEqualTo(GOOD);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.STREAM_ERROR, OutcomeKind.SUCCESS);
	}

	@Test
	void brokenStreamThatIsHeldBackIsRerouted() {
		this.guarded.fallbacks(new FallbackModel(null, "small")).buffered();
		this.server.enqueue(FakeAnswer.sse(Chat.delta("a"), "data: <html>\n\n", Chat.FINISH, Chat.DONE),
				FakeAnswer.sse(GOOD));
		assertThat(ask("big")).isEqualTo(GOOD);
		assertThat(this.guarded.steps).containsExactly("big > openai:small");
	}

	@Test
	void brokenStreamThatNobodyElseCanAnswerPassesAsItCame() {
		this.guarded.retries(1).buffered();
		String broken = Chat.delta("a") + CUT + Chat.FINISH + Chat.DONE;
		this.server.always(FakeAnswer.sse(broken));
		assertThat(ask("big")).isEqualTo(broken);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.STREAM_ERROR, OutcomeKind.STREAM_ERROR);
	}

	private String ask(String model) {
		WebClient client = this.guarded.client();
		return client.post()
			.uri(this.server.url() + Chat.PATH)
			.bodyValue(Chat.with(model))
			.exchangeToMono((response) -> response.body(BodyExtractors.toDataBuffers()).map((buffer) -> {
				String text = buffer.toString(StandardCharsets.UTF_8);
				DataBufferUtils.release(buffer);
				return text;
			}).reduce("", String::concat))
			.block(PATIENCE);
	}

}
