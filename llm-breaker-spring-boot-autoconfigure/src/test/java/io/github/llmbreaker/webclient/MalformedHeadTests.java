// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.time.Duration;

import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.breaker.TestPolicies;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for answers whose head is not whole, or not HTTP as it should be.
 */
class MalformedHeadTests {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

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
	@ValueSource(strings = { "099", "000", "1234" })
	void statusThatIsNoneReachesTheCallerAsAnErrorThatCounts(String status) {
		this.server.always(FakeAnswer.withoutHead().raw("HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n"));
		Throwable error = catchThrowable(() -> ask(this.guarded.client()));
		assertThat(error).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("three-digit");
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SERVER_ERROR);
		assertThat(this.guarded.outcome().scope()).isEqualTo(OutcomeScope.MODEL);
		assertThat(this.guarded.outcome().countsAsFailure()).isTrue();
	}

	@Test
	void statusThatIsNoneIsTriedAgain() {
		this.guarded.retries(1);
		this.server.enqueue(FakeAnswer.withoutHead().raw("HTTP/1.1 099 X\r\nContent-Length: 0\r\n\r\n"),
				FakeAnswer.json(200, Chat.ANSWER));
		assertThat(ask(this.guarded.client())).isEqualTo(Chat.ANSWER);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SERVER_ERROR, OutcomeKind.SUCCESS);
	}

	@Test
	void statusesThatAreNoneUseUpNoConnections() {
		this.guarded.breaker(TestPolicies.model().threshold(1000).get());
		this.server.always(FakeAnswer.withoutHead().raw("HTTP/1.1 099 X\r\nContent-Length: 0\r\n\r\n"));
		WebClient client = this.guarded.client();
		// One more than there are connections.
		for (int i = 0; i < 51; i++) {
			assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> ask(client));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Ty",
			"HTTP/1.1 503 Busy\r\nContent-Type: text/plain\r\n" })
	void connectionClosedInsideOfTheHeadIsAConnectError(String beginning) {
		this.server.always(FakeAnswer.withoutHead().raw(beginning).cut());
		WebClient overJdk = this.guarded.builder().clientConnector(new JdkClientHttpConnector()).build();
		assertThatExceptionOfType(WebClientRequestException.class).isThrownBy(() -> ask(this.guarded.client()));
		assertThatExceptionOfType(WebClientRequestException.class).isThrownBy(() -> ask(overJdk));
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.CONNECT_ERROR, OutcomeKind.CONNECT_ERROR);
		assertThat(this.guarded.outcomes).allMatch((outcome) -> outcome.countsAsFailure());
	}

	@ParameterizedTest
	@ValueSource(strings = { "garbage\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Type: a\u0001b\r\n\r\n",
			"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n" })
	void answerThatIsNoHttpCounts(String answer) {
		this.server.always(FakeAnswer.withoutHead().raw(answer).cut());
		assertThatExceptionOfType(WebClientRequestException.class).isThrownBy(() -> ask(this.guarded.client()));
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SERVER_ERROR);
		assertThat(this.guarded.outcome().countsAsFailure()).isTrue();
	}

	private String ask(WebClient client) {
		return client.post()
			.uri(this.server.url() + Chat.PATH)
			.bodyValue(Chat.with("m"))
			.retrieve()
			.bodyToMono(String.class)
			.block(PATIENCE);
	}

}
