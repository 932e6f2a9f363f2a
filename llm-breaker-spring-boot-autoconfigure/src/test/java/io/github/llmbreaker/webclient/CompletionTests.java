// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.FallbackModel;
import io.github.llmbreaker.breaker.TimeoutPolicy;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that healthy answers arrive whole and end, whatever is configured for those that
 * are not.
 */
class CompletionTests {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENT = new ParameterizedTypeReference<>() {
	};

	private static final List<String> EVENTS = List.of(Chat.ROLE, Chat.delta("a"), Chat.delta("b"), Chat.FINISH,
			Chat.DONE);

	private final FakeLlmServer server = FakeLlmServer.start();

	private final GuardedWebClient guarded = new GuardedWebClient();

	@AfterEach
	void stop() {
		this.guarded.close();
		this.server.close();
	}

	@ParameterizedTest
	@MethodSource("setups")
	void healthyStreamEndsForEveryReader(Setup setup) {
		start(setup);
		this.server.always(stream(setup.oneRead()));
		List<ServerSentEvent<String>> events = retrieve().bodyToFlux(EVENT).collectList().block(PATIENCE);
		assertThat(events).extracting((event) -> "data: " + event.data() + "\n\n").isEqualTo(EVENTS);
		assertThat(retrieve().bodyToFlux(String.class).collectList().block(PATIENCE)).hasSameSizeAs(EVENTS);
		assertThat(retrieve().bodyToMono(String.class).block(PATIENCE)).isEqualTo(String.join("", EVENTS));
		assertThat(this.guarded.kinds()).hasSize(3).containsOnly(OutcomeKind.SUCCESS);
		assertThat(this.server.requestCount()).isEqualTo(3);
	}

	@ParameterizedTest
	@MethodSource("setups")
	void healthyDocumentEndsForEveryReader(Setup setup) {
		start(setup);
		this.server.always(document(setup.oneRead()));
		Flux<String> pieces = retrieve().bodyToFlux(String.class);
		assertThat(String.join("", pieces.collectList().block(PATIENCE))).isEqualTo(Chat.ANSWER);
		assertThat(retrieve().bodyToMono(String.class).block(PATIENCE)).isEqualTo(Chat.ANSWER);
		assertThat(retrieve().bodyToMono(byte[].class).block(PATIENCE)).asString().isEqualTo(Chat.ANSWER);
		assertThat(this.guarded.kinds()).hasSize(3).containsOnly(OutcomeKind.SUCCESS);
		assertThat(this.server.requestCount()).isEqualTo(3);
	}

	static List<Setup> setups() {
		List<Setup> setups = new ArrayList<>();
		for (Recovery recovery : Recovery.values()) {
			for (Limit limit : Limit.values()) {
				for (int i = 0; i < 4; i++) {
					setups.add(new Setup(recovery, limit, i % 2 == 0, i < 2));
				}
			}
		}
		return setups;
	}

	private void start(Setup setup) {
		this.guarded.provider("openai", this.server.url() + "/v1").timeouts(setup.limit().timeouts());
		if (setup.recovery() == Recovery.RETRY) {
			this.guarded.retries(2);
		}
		else {
			this.guarded.fallbacks(new FallbackModel(null, "small"));
		}
		if (setup.buffered()) {
			this.guarded.buffered();
		}
	}

	private static FakeAnswer stream(boolean oneRead) {
		if (!oneRead) {
			return FakeAnswer.sse(EVENTS.toArray(String[]::new));
		}
		String events = String.join("", EVENTS);
		return FakeAnswer.withoutHead()
			.raw("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
					+ Integer.toHexString(events.length()) + "\r\n" + events + "\r\n0\r\n\r\n");
	}

	private static FakeAnswer document(boolean oneRead) {
		if (!oneRead) {
			FakeAnswer answer = FakeAnswer.chunked(200, "application/json");
			Arrays.stream(Chat.ANSWER.split("(?<=,)")).forEach(answer::chunk);
			return answer;
		}
		return FakeAnswer.withoutHead()
			.raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + Chat.ANSWER.length()
					+ "\r\n\r\n" + Chat.ANSWER);
	}

	private WebClient.ResponseSpec retrieve() {
		return this.guarded.client().post().uri(this.server.url() + Chat.PATH).bodyValue(Chat.with("big")).retrieve();
	}

	enum Recovery {

		RETRY, FALLBACK

	}

	enum Limit {

		NONE(TimeoutPolicy.NONE),

		RESPONSE(new TimeoutPolicy(LIMIT, null, null, null)),

		FIRST_TOKEN(new TimeoutPolicy(null, LIMIT, null, null)),

		IDLE(new TimeoutPolicy(null, null, LIMIT, null)),

		TOTAL(new TimeoutPolicy(null, null, null, LIMIT));

		private final TimeoutPolicy timeouts;

		Limit(TimeoutPolicy timeouts) {
			this.timeouts = timeouts;
		}

		TimeoutPolicy timeouts() {
			return this.timeouts;
		}

	}

	/**
	 * What is configured, and how the answer comes.
	 *
	 * @param recovery what there is to do about failures
	 * @param limit the time limit
	 * @param buffered whether streams are held back until their end
	 * @param oneRead whether the whole answer is there at once
	 */
	record Setup(Recovery recovery, Limit limit, boolean buffered, boolean oneRead) {
	}

}
