// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.TestPolicies;
import io.github.llmbreaker.breaker.TimeoutPolicy;
import io.github.llmbreaker.provider.LlmProviders;
import io.github.llmbreaker.provider.ThrowingDialect;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests that whatever is thrown around a call ends it, and gives its permit back.
 */
class ThrownErrorTests {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final FakeLlmServer server = FakeLlmServer.start();

	private final GuardedWebClient guarded = new GuardedWebClient();

	@BeforeEach
	void start() {
		this.guarded.provider("openai", this.server.url() + "/v1");
		this.server.always(FakeAnswer.json(200, Chat.ANSWER));
	}

	@AfterEach
	void stop() {
		this.guarded.close();
		this.server.close();
	}

	@ParameterizedTest
	@MethodSource("errors")
	void errorOfTheExchange(Supplier<Error> error, boolean retried) {
		configure(retried);
		assertEnds(error.get().getClass(), exchanging((request) -> {
			throw error.get();
		}));
	}

	@ParameterizedTest
	@MethodSource("errors")
	void errorOnSubscription(Supplier<Error> error, boolean retried) {
		configure(retried);
		assertEnds(error.get().getClass(), exchanging((request) -> new Mono<>() {

			@Override
			public void subscribe(CoreSubscriber<? super ClientResponse> actual) {
				throw error.get();
			}

		}));
	}

	@ParameterizedTest
	@MethodSource("errors")
	void errorOfTheBodyOfTheAnswer(Supplier<Error> error, boolean retried) {
		configure(retried);
		Flux<DataBuffer> body = new Flux<>() {

			@Override
			public void subscribe(CoreSubscriber<? super DataBuffer> actual) {
				throw error.get();
			}

		};
		for (HttpStatus status : List.of(HttpStatus.OK, HttpStatus.BAD_REQUEST)) {
			this.guarded.outcomes.clear();
			Mono<String> call = ask(
					exchanging((request) -> Mono.just(ClientResponse.create(status).body(body).build())));
			// Who gets a fatal error out of a body is a matter of Reactor.
			catchThrowable(() -> call.block(Duration.ofMillis(100)));
			assertThat(this.guarded.outcomes).isNotEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void exchangeWithoutAPublisher(boolean retried) {
		configure(retried);
		assertEnds(NullPointerException.class, exchanging((request) -> null));
	}

	@ParameterizedTest
	@MethodSource("errors")
	void errorOfABodyInserter(Supplier<Error> error, boolean retried) {
		configure(retried);
		this.server.always(FakeAnswer.silence());
		BodyInserter<Object, ClientHttpRequest> inserter = (message, context) -> {
			throw error.get();
		};
		Mono<String> call = this.guarded.client()
			.post()
			.uri(this.server.url() + Chat.PATH)
			.body(inserter)
			.retrieve()
			.bodyToMono(String.class);
		assertThat(catchThrowable(() -> call.block(PATIENCE)))
			.hasStackTraceContaining(error.get().getClass().getName());
		assertEnded();
	}

	@ParameterizedTest
	@MethodSource("errors")
	void errorOfARequestHook(Supplier<Error> error, boolean retried) {
		configure(retried);
		this.server.always(FakeAnswer.silence());
		Mono<String> call = this.guarded.client().post().uri(this.server.url() + Chat.PATH).httpRequest((request) -> {
			throw error.get();
		}).bodyValue(Chat.with("m")).retrieve().bodyToMono(String.class);
		assertThat(catchThrowable(() -> call.block(PATIENCE)))
			.hasStackTraceContaining(error.get().getClass().getName());
		assertEnded();
	}

	@ParameterizedTest
	@MethodSource("errors")
	void errorOfABodyThatIsAskedForItsModel(Supplier<Error> error, boolean retried) {
		configure(retried);
		this.server.always(FakeAnswer.silence());
		Object body = new Object() {

			@SuppressWarnings("unused")
			public String getModel() {
				throw error.get();
			}

		};
		Mono<String> call = this.guarded.client()
			.post()
			.uri(this.server.url() + Chat.PATH)
			.bodyValue(body)
			.retrieve()
			.bodyToMono(String.class);
		assertThat(catchThrowable(() -> call.block(PATIENCE))).isNotNull()
			.hasStackTraceContaining(error.get().getClass().getName());
		assertEnded();
	}

	@ParameterizedTest
	@MethodSource("errors")
	void errorOfADialectHarmsNoAnswer(Supplier<Error> error, boolean retried) {
		configure(retried);
		for (String where : List.of("observe", "isStream", "chunk", "settled", "content", "outcome", "classify")) {
			for (int status : List.of(200, 503)) {
				this.guarded.outcomes.clear();
				assertThat(ask(where, error, status)).isEqualTo("body");
				assertEnded();
			}
		}
	}

	@Test
	void schedulerThatIsStoppedEndsTheCall() {
		Scheduler stopped = Schedulers.newSingle("stopped");
		stopped.dispose();
		this.guarded.clock(this.guarded.time, stopped)
			.timeouts(new TimeoutPolicy(Duration.ofSeconds(1), null, null, null))
			.retries(1);
		Mono<String> call = this.guarded.client()
			.post()
			.uri(this.server.url() + Chat.PATH)
			.bodyValue(Chat.with("m"))
			.retrieve()
			.bodyToMono(String.class);
		assertThat(catchThrowable(() -> call.block(PATIENCE))).hasStackTraceContaining("RejectedExecution");
		assertEnded();
	}

	static Stream<Arguments> errors() {
		Stream<Supplier<Error>> errors = Stream.of(AssertionError::new, StackOverflowError::new,
				NoClassDefFoundError::new);
		return errors.flatMap((error) -> Stream.of(Arguments.of(error, false), Arguments.of(error, true)));
	}

	private void configure(boolean retried) {
		this.guarded.breaker(TestPolicies.model().threshold(1000).get());
		if (retried) {
			this.guarded.retries(1);
		}
	}

	private WebClient exchanging(ExchangeFunction exchange) {
		return WebClient.builder().filter(this.guarded.filter()).exchangeFunction(exchange).build();
	}

	private void assertEnds(Class<? extends Throwable> error, WebClient client) {
		Mono<String> call = ask(client);
		assertThat(catchThrowable(() -> call.block(PATIENCE))).hasStackTraceContaining(error.getName());
		assertEnded();
	}

	private Mono<String> ask(WebClient client) {
		return client.post()
			.uri(this.server.url() + Chat.PATH)
			.bodyValue(Chat.with("m"))
			.retrieve()
			.bodyToMono(String.class);
	}

	/** A permit that has ended has had an outcome. */
	private void assertEnded() {
		assertThat(this.guarded.outcomes).hasSize(1);
		assertThat(this.guarded.outcomes).noneMatch((outcome) -> outcome.kind() == OutcomeKind.TIMEOUT);
	}

	private String ask(String where, Supplier<Error> error, int status) {
		WebClient client = WebClient.builder()
			.filter(new LlmBreakerExchangeFilterFunction(
					new LlmProviders(List.of(new ThrowingDialect(where, error)), List.of()), this.guarded.registry(),
					Clock.systemUTC()))
			.exchangeFunction(
					(request) -> Mono.just(ClientResponse.create(HttpStatus.valueOf(status)).body("body").build()))
			.build();
		return client.post()
			.uri("https://throwing.example/chat")
			.bodyValue("{}")
			.exchangeToMono((response) -> response.bodyToMono(String.class))
			.block(PATIENCE);
	}

}
