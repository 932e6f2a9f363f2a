// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.observation;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import brave.handler.MutableSpan;
import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.autoconfigure.LlmBreakerAutoConfiguration;
import io.github.llmbreaker.autoconfigure.LlmBreakerObservationAutoConfiguration;
import io.github.llmbreaker.autoconfigure.LlmBreakerReactorAutoConfiguration;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import io.github.llmbreaker.webclient.ReactiveLlmBreakers;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the observation of a guarded call is where it belongs, on whatever thread.
 */
class ObservedContextTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final LlmTarget GPT = LlmTarget.of("openai", "gpt-4.1");

	private static final String CALL = "llm.call openai:gpt-4.1";

	private static final String HTTP = "http post";

	private final FakeLlmServer server = FakeLlmServer.start();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(LlmBreakerAutoConfiguration.class, LlmBreakerObservationAutoConfiguration.class,
						LlmBreakerReactorAutoConfiguration.class, ObservationAutoConfiguration.class))
		.withUserConfiguration(Tracing.class);

	@BeforeEach
	void answer() {
		this.server.always(FakeAnswer.json(200, "{}"));
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void requestsOfGuardedCodeAreInsideOfItsSpan() {
		run((context) -> {
			RestClient http = RestClient.builder().observationRegistry(registry(context)).build();
			observe(context, () -> context.getBean(LlmBreakers.class)
				.call(GPT, () -> http.post().uri(this.server.uri()).retrieve().body(String.class)));
			assertThat(around(context, HTTP)).containsExactly(CALL, "request");
		});
	}

	@Test
	void requestsOfReactiveCodeAreInsideOfItsSpan() {
		run((context) -> {
			WebClient http = WebClient.builder().observationRegistry(registry(context)).build();
			ReactiveLlmBreakers breakers = context.getBean(ReactiveLlmBreakers.class);
			subscribe(context,
					breakers.mono(GPT, () -> http.post().uri(this.server.uri()).retrieve().bodyToMono(String.class)));
			assertThat(around(context, HTTP)).containsExactly(CALL, "request");
		});
	}

	@Test
	void reactiveCallIsPartOfTheObservationOfItsContext() {
		run((context) -> {
			ReactiveLlmBreakers breakers = context.getBean(ReactiveLlmBreakers.class);
			subscribe(context, breakers.flux(GPT, () -> Flux.just("a", "b")));
			assertThat(around(context, CALL)).containsExactly("request");
		});
	}

	@Test
	void retriesOnOtherThreadsArePartOfIt() {
		this.runner
			.withPropertyValues("llm-breaker.defaults.retry.max-retries=1", "llm-breaker.defaults.retry.backoff=1ms")
			.run((context) -> {
				AtomicInteger calls = new AtomicInteger();
				ReactiveLlmBreakers breakers = context.getBean(ReactiveLlmBreakers.class);
				subscribe(context, breakers.mono(GPT, () -> (calls.getAndIncrement() == 0)
						? Mono.error(new java.net.ConnectException("refused")) : inside(context)));
				assertThat(around(context, "inside")).containsExactly(CALL, "request");
				MutableSpan call = spans(context).await((span) -> span.name().equals(CALL), 1).get(0);
				assertThat(call.tag("attempts")).isEqualTo("2");
			});
	}

	@Test
	void callOfAnotherModelInsideIsASpanOfItsOwn() {
		run((context) -> {
			LlmBreakers breakers = context.getBean(LlmBreakers.class);
			LlmTarget other = LlmTarget.of("anthropic", "claude-opus-4-5");
			breakers.call(GPT, () -> breakers.call(other, () -> "hello"));
			assertThat(around(context, "llm.call anthropic:claude-opus-4-5")).containsExactly(CALL);
		});
	}

	@Test
	void callOfTheSameModelInsideIsPartOfTheSameSpan() {
		run((context) -> {
			LlmBreakers breakers = context.getBean(LlmBreakers.class);
			breakers.call(GPT, () -> breakers.call(GPT, () -> "hello"));
			List<MutableSpan> calls = spans(context).await((span) -> span.name().equals(CALL), 1);
			assertThat(calls).hasSize(1);
			assertThat(calls.get(0).tag("attempts")).isEqualTo("1");
			assertThat(spans(context).running()).isEmpty();
		});
	}

	private void run(Work work) {
		this.runner.run(work::run);
	}

	private static Mono<String> inside(ApplicationContext context) {
		return Mono.deferContextual((view) -> {
			Observation.createNotStarted("inside", registry(context))
				.parentObservation(view.get(ObservationThreadLocalAccessor.KEY))
				.observe(() -> {
				});
			return Mono.just("hello");
		});
	}

	/** Nothing but the context says what the call is part of. */
	private static void subscribe(ApplicationContext context, org.reactivestreams.Publisher<?> call) {
		Observation around = Observation.start("request", registry(context));
		Flux.from(call)
			.subscribeOn(Schedulers.parallel())
			.contextWrite((view) -> view.put(ObservationThreadLocalAccessor.KEY, around))
			.blockLast(PATIENCE);
		around.stop();
	}

	private static void observe(ApplicationContext context, Observation.CheckedCallable<?, Exception> work)
			throws Exception {
		Observation.createNotStarted("request", registry(context)).observeChecked(work);
	}

	private static List<String> around(ApplicationContext context, String name) {
		return spans(context).around(spans(context).await((span) -> span.name().equals(name), 1).get(0));
	}

	private static Spans spans(ApplicationContext context) {
		return context.getBean(Spans.class);
	}

	private static ObservationRegistry registry(ApplicationContext context) {
		return context.getBean(ObservationRegistry.class);
	}

	/**
	 * Does something with an application.
	 */
	@FunctionalInterface
	private interface Work {

		void run(ApplicationContext context) throws Exception;

	}

	@Configuration(proxyBeanMethods = false)
	static class Tracing {

		@Bean
		Spans spans() {
			return new Spans();
		}

		@Bean
		ObservationHandler<?> handler(Spans spans) {
			return spans.handler();
		}

	}

}
