// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.LlmGuarded;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.autoconfigure.LlmBreakerReactorAutoConfiguration;
import io.github.llmbreaker.autoconfigure.LlmBreakerRestClientAutoConfiguration;
import io.github.llmbreaker.autoconfigure.LlmBreakerWebClientAutoConfiguration;
import io.github.llmbreaker.breaker.BreakerListener;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.BreakerSnapshot;
import io.github.llmbreaker.breaker.GateView;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import io.github.llmbreaker.webclient.ReactiveLlmBreakers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.core.env.Environment;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of guarded methods that return before the answer of the guarded client inside of
 * them has ended, over real HTTP.
 */
class OutlivingCallTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final String GPT = "openai:gpt-4.1";

	private static final String PATH = "/v1/chat/completions";

	private static final String DELTA = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi\"}}]}\n\n";

	private static final String FINISH = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
			+ "data: [DONE]\n\n";

	private static final String BUSY = "{\"error\":{\"message\":\"busy\",\"type\":\"server_error\",\"code\":null}}";

	private static final FakeAnswer ANSWER = FakeAnswer.json(200,
			"{\"choices\":[{\"message\":{\"content\":\"hi\"},\"finish_reason\":\"stop\"}]}");

	private static final FakeAnswer OVERLOADED = FakeAnswer.json(529, BUSY);

	private static final FakeAnswer STREAM = FakeAnswer.sse(DELTA, FINISH);

	private static final FakeAnswer STREAM_THAT_BREAKS = FakeAnswer.sse(DELTA, "data: " + BUSY + "\n\n");

	private final FakeLlmServer server = FakeLlmServer.start();

	/** Answers only after the method has returned. */
	private final Semaphore returned = new Semaphore(0);

	private final Endings endings = new Endings();

	@AfterEach
	void stop() {
		this.returned.release(1000);
		this.server.close();
	}

	@Test
	void failuresOfASubscriptionInTheBackgroundOpenTheBreaker() {
		answerOnceReturned(OVERLOADED);
		run((context, assistant) -> {
			for (int i = 0; i < 2; i++) {
				CompletableFuture<String> ended = new CompletableFuture<>();
				assistant.callback("gpt-4.1", ended);
				assertThat(GuardedContext.calls(context, GPT).succeeded()).isZero();
				this.returned.release();
				assertThat(ended).failsWithin(LIMIT);
			}
			assertOpenedBy(context, OutcomeKind.OVERLOADED);
		});
	}

	@Test
	void answerToASubscriptionInTheBackgroundIsOneSuccess() {
		answerOnceReturned(ANSWER);
		run((context, assistant) -> {
			for (int i = 0; i < 3; i++) {
				CompletableFuture<String> ended = new CompletableFuture<>();
				assistant.callback("gpt-4.1", ended);
				this.returned.release();
				assertThat(ended).succeedsWithin(LIMIT);
			}
			assertSucceeded(context, 3);
		});
	}

	@Test
	void subscriptionThatIsGivenUpAfterTheMethodHasReturnedIsOneNeutralCall() {
		this.server.always(FakeAnswer.silence());
		run((context, assistant) -> {
			Disposable subscription = assistant.callback("gpt-4.1", new CompletableFuture<>());
			this.server.takeRequest();
			subscription.dispose();
			assertThat(GuardedContext.calls(context, GPT)).isEqualTo(new BreakerSnapshot.Calls(0, 0, 1, 0, 0));
			assertThat(this.endings.kinds).containsExactly(OutcomeKind.CANCELLED);
		});
	}

	@Test
	void streamThatIsHandedOutCountsWhenItHasBeenRead() {
		run((context, assistant) -> {
			this.server.enqueue(STREAM);
			try (Stream<String> answer = assistant.stream("gpt-4.1")) {
				assertThat(answer).contains("[DONE]");
			}
			assertSucceeded(context, 1);
			for (int i = 0; i < 2; i++) {
				this.server.enqueue(STREAM_THAT_BREAKS);
				try (Stream<String> answer = assistant.stream("gpt-4.1")) {
					assertThat(answer).contains(BUSY);
				}
			}
			assertThat(GuardedContext.calls(context, GPT)).isEqualTo(new BreakerSnapshot.Calls(1, 2, 0, 0, 0));
			assertThat(GuardedContext.state(context, GPT)).isEqualTo(BreakerState.OPEN);
		});
	}

	@Test
	void bodyThatIsHandedOutCountsWhenItHasBeenRead() {
		run((context, assistant) -> {
			this.server.enqueue(ANSWER);
			assertThat(read(assistant.body("gpt-4.1"))).contains("hi");
			assertSucceeded(context, 1);
			for (int i = 0; i < 2; i++) {
				this.server.enqueue(STREAM_THAT_BREAKS);
				InputStream body = assistant.body("gpt-4.1");
				assertThat(GuardedContext.calls(context, GPT).succeeded()).isOne();
				assertThat(read(body)).contains("busy");
			}
			assertThat(GuardedContext.calls(context, GPT)).isEqualTo(new BreakerSnapshot.Calls(1, 2, 0, 0, 0));
			assertThat(GuardedContext.state(context, GPT)).isEqualTo(BreakerState.OPEN);
		});
	}

	@Test
	void emitterThatAnotherThreadWritesToCountsWhenTheAnswerHasEnded() {
		run((context, assistant) -> {
			this.server.enqueue(STREAM);
			assertThat(assistant.emitter("gpt-4.1").ended).succeedsWithin(LIMIT);
			assertSucceeded(context, 1);
			this.server.always(STREAM_THAT_BREAKS);
			for (int i = 0; i < 2; i++) {
				assertThat(assistant.emitter("gpt-4.1").ended).succeedsWithin(LIMIT);
			}
			assertThat(GuardedContext.calls(context, GPT)).isEqualTo(new BreakerSnapshot.Calls(1, 2, 0, 0, 0));
			assertThat(GuardedContext.state(context, GPT)).isEqualTo(BreakerState.OPEN);
		});
	}

	@Test
	void breakerOfAProgrammaticCallSeesWhatOutlivesIt() {
		answerOnceReturned(OVERLOADED);
		run((context, assistant) -> {
			LlmBreakers breakers = context.getBean(LlmBreakers.class);
			for (int i = 0; i < 2; i++) {
				CompletableFuture<String> ended = new CompletableFuture<>();
				call(breakers, () -> assistant.unguarded("gpt-4.1", ended));
				this.returned.release();
				assertThat(ended).failsWithin(LIMIT);
			}
			assertOpenedBy(context, OutcomeKind.OVERLOADED);
		});
	}

	@Test
	void breakerOfAReactiveCallSeesWhatOutlivesIt() {
		answerOnceReturned(OVERLOADED);
		run((context, assistant) -> {
			ReactiveLlmBreakers breakers = context.getBean(ReactiveLlmBreakers.class);
			for (int i = 0; i < 2; i++) {
				CompletableFuture<String> ended = new CompletableFuture<>();
				Mono<String> guarded = breakers.mono(LlmTarget.of("openai", "gpt-4.1"), () -> {
					assistant.unguarded("gpt-4.1", ended);
					return Mono.just("started");
				});
				assertThat(guarded.block(LIMIT)).isEqualTo("started");
				this.returned.release();
				assertThat(ended).failsWithin(LIMIT);
			}
			assertOpenedBy(context, OutcomeKind.OVERLOADED);
		});
	}

	@Test
	void probeThatOutlivesItsMethodKeepsItsPlaceAndDecides() {
		answerOnceReturned(ANSWER);
		run((context, assistant) -> {
			GuardedContext.open(context, "openai", "gpt-4.1");
			context.getBean(LlmBreakers.class).find(GPT).orElseThrow().halfOpen();
			CompletableFuture<String> ended = new CompletableFuture<>();
			assistant.callback("gpt-4.1", ended);
			assertThat(GuardedContext.state(context, GPT)).isEqualTo(BreakerState.HALF_OPEN);
			CompletableFuture<String> second = new CompletableFuture<>();
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> assistant.callback("gpt-4.1", second))
				.withMessageContaining("half-open");
			this.returned.release();
			assertThat(ended).succeedsWithin(LIMIT);
			assertThat(GuardedContext.state(context, GPT)).isEqualTo(BreakerState.CLOSED);
		});
	}

	private void answerOnceReturned(FakeAnswer answer) {
		this.server.always((request) -> {
			this.returned.acquireUninterruptibly();
			return answer;
		});
	}

	private void assertSucceeded(AssertableApplicationContext context, int times) {
		assertThat(GuardedContext.calls(context, GPT)).isEqualTo(new BreakerSnapshot.Calls(times, 0, 0, 0, 0));
		assertThat(this.endings.kinds).containsExactlyElementsOf(Collections.nCopies(times, OutcomeKind.SUCCESS));
	}

	private void assertOpenedBy(AssertableApplicationContext context, OutcomeKind kind) {
		assertThat(GuardedContext.calls(context, GPT)).isEqualTo(new BreakerSnapshot.Calls(0, 2, 0, 0, 0));
		assertThat(GuardedContext.state(context, GPT)).isEqualTo(BreakerState.OPEN);
		assertThat(this.endings.kinds).containsExactly(kind, kind);
		assertThat(context.getBean(BreakerRegistry.class).find("openai").orElseThrow().snapshot().calls())
			.isEqualTo(new BreakerSnapshot.Calls(0, 0, 2, 0, 0));
	}

	private void run(BiConsumer<AssertableApplicationContext, Assistant> test) {
		GuardedContext.runner(Assistant.class)
			.withConfiguration(AutoConfigurations.of(RestClientAutoConfiguration.class,
					WebClientAutoConfiguration.class, LlmBreakerRestClientAutoConfiguration.class,
					LlmBreakerWebClientAutoConfiguration.class, LlmBreakerReactorAutoConfiguration.class))
			.withBean("endings", BreakerListener.class, () -> this.endings)
			.withPropertyValues("llm-breaker.providers.openai.base-urls=" + this.server.url() + "/v1",
					"test.url=" + this.server.url())
			.run((context) -> test.accept(context, context.getBean(Assistant.class)));
	}

	private static void call(LlmBreakers breakers, Runnable call) {
		try {
			breakers.call(LlmTarget.of("openai", "gpt-4.1"), () -> {
				call.run();
				return "started";
			});
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String read(InputStream body) {
		try (body) {
			return new String(body.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * How the calls ended that listeners were told of.
	 */
	static class Endings implements BreakerListener {

		final List<OutcomeKind> kinds = Collections.synchronizedList(new ArrayList<>());

		@Override
		public void onCompleted(GateView gate, CallOutcome outcome, long nanos) {
			this.kinds.add(outcome.kind());
		}

	}

	/**
	 * An emitter that tells when it has ended, also outside of a request.
	 */
	static class Emitter extends SseEmitter {

		final CompletableFuture<String> ended = new CompletableFuture<>();

	}

	static class Assistant {

		private final RestClient restClient;

		private final WebClient webClient;

		Assistant(RestClient.Builder restClient, WebClient.Builder webClient, Environment environment) {
			String url = environment.getRequiredProperty("test.url");
			this.restClient = restClient.baseUrl(url).build();
			this.webClient = webClient.baseUrl(url).build();
		}

		@LlmGuarded(provider = "openai", model = "#model")
		public Disposable callback(String model, CompletableFuture<String> ended) {
			return unguarded(model, ended);
		}

		public Disposable unguarded(String model, CompletableFuture<String> ended) {
			return this.webClient.post()
				.uri(PATH)
				.bodyValue(Map.of("model", model))
				.retrieve()
				.bodyToMono(String.class)
				.subscribe(ended::complete, ended::completeExceptionally);
		}

		@LlmGuarded(provider = "openai", model = "#model")
		public Stream<String> stream(String model) {
			return this.webClient.post()
				.uri(PATH)
				.bodyValue(Map.of("model", model, "stream", true))
				.retrieve()
				.bodyToFlux(String.class)
				.toStream();
		}

		@LlmGuarded(provider = "openai", model = "#model")
		public InputStream body(String model) {
			return Objects.requireNonNull(this.restClient.post()
				.uri(PATH)
				.body(Map.of("model", model))
				.exchange((request, response) -> response.getBody(), false));
		}

		@LlmGuarded(provider = "openai", model = "#model")
		public Emitter emitter(String model) {
			InputStream body = body(model);
			Emitter emitter = new Emitter();
			CompletableFuture.runAsync(() -> {
				try {
					emitter.send(read(body));
					emitter.complete();
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			}).whenComplete((done, failure) -> emitter.ended.complete("ended")).orTimeout(10, TimeUnit.SECONDS);
			return emitter;
		}

	}

}
