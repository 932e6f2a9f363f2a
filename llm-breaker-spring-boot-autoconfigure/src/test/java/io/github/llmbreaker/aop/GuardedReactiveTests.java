// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmGuarded;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.VirtualTime;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import org.springframework.cache.CacheManager;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of guarded methods that return a reactive type.
 */
class GuardedReactiveTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final String GPT = "openai:gpt-4.1";

	@Test
	@DisplayName("each subscription is a call, none without one")
	void eachSubscriptionIsACall() {
		GuardedContext.runner(Caches.class, Reactive.class).run((context) -> {
			Reactive bean = context.getBean(Reactive.class);
			Mono<String> answer = bean.ask("gpt-4.1");
			assertThat(GuardedContext.behind(bean).calls).hasValue(0);
			StepVerifier.create(answer).expectNext("gpt-4.1 1").expectComplete().verify(LIMIT);
			StepVerifier.create(answer).expectNext("gpt-4.1 2").expectComplete().verify(LIMIT);
			assertThat(GuardedContext.calls(context, GPT).succeeded()).isEqualTo(2);
		});
	}

	@Test
	void typeVariableStandsForWhatTheBeanSays() {
		GuardedContext.runner(Asking.class, Promising.class).run((context) -> {
			Mono<String> answer = context.getBean(Asking.class).ask();
			assertThat(context.getBean(BreakerRegistry.class).find(GPT)).isEmpty();
			StepVerifier.create(answer).expectError().verify(LIMIT);
			assertThat(context.getBean(Promising.class).ask()).isCompletedExceptionally();
			assertThat(GuardedContext.state(context, GPT)).isEqualTo(BreakerState.OPEN);
		});
	}

	static class Client<A> {

		private final A answer;

		Client(A answer) {
			this.answer = answer;
		}

		@LlmGuarded(provider = "openai", model = "gpt-4.1")
		public A ask() {
			return this.answer;
		}

	}

	static class Asking extends Client<Mono<String>> {

		Asking() {
			super(Mono.error(GuardedContext.unavailable()));
		}

	}

	static class Promising extends Client<CompletableFuture<String>> {

		Promising() {
			super(CompletableFuture.failedFuture(GuardedContext.unavailable()));
		}

	}

	@Test
	void rejectionIsAnErrorSignalWithoutACall() {
		GuardedContext.runner(Caches.class, Reactive.class).run((context) -> {
			Reactive bean = context.getBean(Reactive.class);
			GuardedContext.open(context, "openai", "gpt-4.1");
			StepVerifier.create(bean.ask("gpt-4.1")).expectError(LlmCallRejectedException.class).verify(LIMIT);
			StepVerifier.create(bean.stream()).expectError(LlmCallRejectedException.class).verify(LIMIT);
			assertThat(GuardedContext.behind(bean).calls).hasValue(0);
		});
	}

	@Test
	@DisplayName("a failure after the first element counts once, completion is a success")
	void failureAfterTheFirstElementCountsOnce() {
		GuardedContext.runner(Caches.class, Reactive.class)
			.withPropertyValues("llm-breaker.defaults.retry.max-retries=3")
			.run((context) -> {
				Reactive bean = context.getBean(Reactive.class);
				StepVerifier.create(bean.stream())
					.then(() -> source(bean).next("one").error(GuardedContext.unavailable()))
					.expectNext("one")
					.expectError()
					.verify(LIMIT);
				assertThat(GuardedContext.calls(context, GPT).failed()).isEqualTo(1);
				assertThat(GuardedContext.behind(bean).calls).hasValue(1);
				StepVerifier.create(bean.stream())
					.then(() -> source(bean).next("one").complete())
					.expectNext("one")
					.expectComplete()
					.verify(LIMIT);
				assertThat(GuardedContext.calls(context, GPT).succeeded()).isEqualTo(1);
			});
	}

	@Test
	@DisplayName("a cancel before or after the first element is neutral and gives the half-open place back")
	void cancelIsNeutral() {
		GuardedContext.runner(Caches.class, Reactive.class).run((context) -> {
			Reactive bean = context.getBean(Reactive.class);
			GuardedContext.open(context, "openai", "gpt-4.1");
			halfOpen(context);
			StepVerifier.create(bean.stream()).expectSubscription().thenCancel().verify(LIMIT);
			assertThat(GuardedContext.calls(context, GPT).neutral()).isEqualTo(1);
			StepVerifier.create(bean.stream())
				.then(() -> source(bean).next("one"))
				.expectNext("one")
				.thenCancel()
				.verify(LIMIT);
			assertThat(GuardedContext.state(context, GPT)).isEqualTo(BreakerState.CLOSED);
		});
	}

	@Test
	void cancelByATimeLimitAfterLongSilenceIsATimeout() {
		GuardedContext.runner(Caches.class, Reactive.class).run((context) -> {
			Reactive bean = context.getBean(Reactive.class);
			StepVerifier.create(bean.stream()).expectSubscription().then(() -> {
				context.getBean(VirtualTime.class).advanceSeconds(60);
			}).thenCancel().verify(LIMIT);
			assertThat(GuardedContext.calls(context, GPT).failed()).isEqualTo(1);
		});
	}

	@Test
	@DisplayName("a value that is taken alone is a success")
	void valueTakenAlone() {
		GuardedContext.runner(Caches.class, Reactive.class).run((context) -> {
			Reactive bean = context.getBean(Reactive.class);
			StepVerifier.create(bean.ask("gpt-4.1").flux().next()).expectNextCount(1).expectComplete().verify(LIMIT);
			assertThat(GuardedContext.calls(context, GPT).succeeded()).isEqualTo(1);
		});
	}

	@Test
	void fallbackModelsThenCacheThenMethod() {
		GuardedContext.runner(Caches.class, Reactive.class)
			.withPropertyValues("llm-breaker.defaults.failure-threshold=9")
			.run((context) -> {
				Reactive bean = context.getBean(Reactive.class);
				Reactive target = GuardedContext.behind(bean);
				StepVerifier.create(bean.recovering("gpt-4.1")).expectNext("gpt-4.1").expectComplete().verify(LIMIT);
				target.broken.add("gpt-4.1");
				StepVerifier.create(bean.recovering("gpt-4.1")).expectNext("mini").expectComplete().verify(LIMIT);
				target.broken.add("mini");
				StepVerifier.create(bean.recovering("gpt-4.1")).expectNext("mini").expectComplete().verify(LIMIT);
				StepVerifier.create(bean.recovering("o3")).expectNext("instead of o3").expectComplete().verify(LIMIT);
			});
	}

	@Test
	void streamsAreCachedAsLists() {
		GuardedContext.runner(Caches.class, Reactive.class).run((context) -> {
			Reactive bean = context.getBean(Reactive.class);
			StepVerifier.create(bean.cachedStream(3)).expectNextCount(3).expectComplete().verify(LIMIT);
			StepVerifier.create(bean.cachedStream(ReactorStyle.MAX_KEPT + 1))
				.expectNextCount(ReactorStyle.MAX_KEPT + 1)
				.expectComplete()
				.verify(LIMIT);
			GuardedContext.open(context, "openai", "gpt-4.1");
			StepVerifier.create(bean.cachedStream(3)).expectNext(1, 2, 3).expectComplete().verify(LIMIT);
			StepVerifier.create(bean.cachedStream(ReactorStyle.MAX_KEPT + 1))
				.expectError(LlmCallRejectedException.class)
				.verify(LIMIT);
		});
	}

	@Test
	void retriesBeforeTheFirstElement() {
		GuardedContext.runner(Caches.class, Reactive.class)
			.withPropertyValues("llm-breaker.defaults.retry.max-retries=1", "llm-breaker.defaults.retry.backoff=1ms")
			.run((context) -> {
				Reactive bean = context.getBean(Reactive.class);
				GuardedContext.behind(bean).failures = 1;
				StepVerifier.create(bean.flaky()).expectNext("ok").expectComplete().verify(LIMIT);
			});
	}

	@Test
	@DisplayName("nested reactive guards share one permit through the context")
	void nestedGuards() {
		GuardedContext.runner(Caches.class, Reactive.class, Outer.class).run((context) -> {
			GuardedContext.open(context, "openai", "gpt-4.1");
			halfOpen(context);
			StepVerifier.create(context.getBean(Outer.class).ask()).expectNextCount(1).expectComplete().verify(LIMIT);
			assertThat(GuardedContext.calls(context, GPT).succeeded()).isEqualTo(1);
			assertThat(GuardedContext.state(context, GPT)).isEqualTo(BreakerState.CLOSED);
		});
	}

	@Test
	void typesOfTheReactiveAdapterRegistry() {
		GuardedContext.runner(Caches.class, Reactive.class).run((context) -> {
			Reactive bean = context.getBean(Reactive.class);
			StepVerifier.create(JdkFlowAdapter.flowPublisherToFlux(bean.flow()))
				.expectNext("a", "b")
				.expectComplete()
				.verify(LIMIT);
			StepVerifier.create(bean.nothing()).expectComplete().verify(LIMIT);
			assertThat(GuardedContext.calls(context, GPT).succeeded()).isEqualTo(2);
		});
	}

	@Test
	@DisplayName("an exception of the method itself is an error signal")
	void exceptionOfTheMethodItself() {
		GuardedContext.runner(Caches.class, Reactive.class).run((context) -> {
			Reactive bean = context.getBean(Reactive.class);
			StepVerifier.create(bean.throwing()).expectError(IllegalStateException.class).verify(LIMIT);
			assertThat(GuardedContext.calls(context, GPT).neutral()).isEqualTo(1);
			assertThat(CallPermit.current()).isNull();
		});
	}

	private static void halfOpen(ApplicationContext context) {
		context.getBean(LlmBreakers.class).find(GPT).orElseThrow().halfOpen();
	}

	private static TestPublisher<String> source(Reactive bean) {
		return GuardedContext.behind(bean).source;
	}

	static class Reactive {

		final AtomicInteger calls = new AtomicInteger();

		final List<String> broken = new ArrayList<>();

		int failures;

		TestPublisher<String> source = TestPublisher.create();

		@LlmGuarded(provider = "openai", model = "#model")
		public Mono<String> ask(String model) {
			return Mono.just(model + " " + this.calls.incrementAndGet());
		}

		@LlmGuarded(provider = "openai", model = "gpt-4.1")
		public Flux<String> stream() {
			this.calls.incrementAndGet();
			this.source = TestPublisher.create();
			return this.source.flux();
		}

		@LlmGuarded(provider = "openai", model = "#model", fallbackModels = "mini", fallbackCache = "answers",
				fallbackMethod = "instead")
		public Mono<String> recovering(String model) {
			return this.broken.contains(model) || model.equals("o3") ? Mono.error(GuardedContext.unavailable())
					: Mono.just(model);
		}

		Mono<String> instead(String model, Throwable failure) {
			return Mono.just("instead of " + model);
		}

		@LlmGuarded(provider = "openai", model = "gpt-4.1", fallbackCache = "answers")
		public Flux<Integer> cachedStream(int count) {
			return Flux.range(1, count);
		}

		@LlmGuarded(provider = "openai", model = "gpt-4.1")
		public Flux<String> flaky() {
			return (this.failures-- > 0) ? Flux.error(GuardedContext.unavailable()) : Flux.just("ok");
		}

		@LlmGuarded(provider = "openai", model = "gpt-4.1")
		public Flow.Publisher<String> flow() {
			return JdkFlowAdapter.publisherToFlowPublisher(Flux.just("a", "b"));
		}

		@LlmGuarded(provider = "openai", model = "gpt-4.1")
		public Mono<Void> nothing() {
			return Mono.empty();
		}

		@LlmGuarded(provider = "openai", model = "gpt-4.1")
		public Mono<String> throwing() {
			throw new IllegalStateException();
		}

	}

	static class Outer {

		private final Reactive inner;

		Outer(Reactive inner) {
			this.inner = inner;
		}

		@LlmGuarded(provider = "openai", model = "gpt-4.1")
		public Mono<String> ask() {
			return Mono.delay(Duration.ofMillis(1)).then(this.inner.ask("gpt-4.1"));
		}

	}

	static class Caches {

		@Bean
		CacheManager cacheManager() {
			return new ConcurrentMapCacheManager("answers");
		}

	}

}
