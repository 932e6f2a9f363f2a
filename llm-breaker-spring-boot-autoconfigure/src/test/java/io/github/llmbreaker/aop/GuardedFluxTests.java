// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.io.EOFException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import com.openai.errors.OpenAIInvalidDataException;
import com.openai.errors.OpenAIIoException;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmGuarded;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.BreakerListener;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.GateView;
import org.junit.jupiter.api.Test;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of guarded methods that return streams: what is held back, retried and limited.
 */
class GuardedFluxTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final String GPT = "openai:gpt-4.1";

	private static final String RETRY = "llm-breaker.defaults.retry.max-retries=1";

	private static final String BUFFER = "llm-breaker.defaults.stream-recovery=buffer";

	@Test
	void streamThatIsHeldBackIsRetriedWhenItIsCut() {
		runner(RETRY, BUFFER).run((context) -> {
			Streams bean = context.getBean(Streams.class);
			answers(bean, cut("a", "b"), Flux.just("c", "d"));
			StepVerifier.create(bean.stream("gpt-4.1")).expectNext("c", "d").expectComplete().verify(LIMIT);
			assertThat(GuardedContext.calls(context, GPT).failed()).isEqualTo(1);
			assertThat(GuardedContext.calls(context, GPT).succeeded()).isEqualTo(1);
			answers(bean, cut("a"), Flux.just("c", "d"));
			StepVerifier.create(JdkFlowAdapter.flowPublisherToFlux(bean.flow()))
				.expectNext("c", "d")
				.expectComplete()
				.verify(LIMIT);
		});
	}

	@Test
	void streamThatIsHeldBackIsReroutedWhenItIsCut() {
		runner(BUFFER).run((context) -> {
			Streams bean = context.getBean(Streams.class);
			answers(bean, cut("a", "b"), Flux.just("c", "d"));
			StepVerifier.create(bean.rerouted("gpt-4.1")).expectNext("c", "d").expectComplete().verify(LIMIT);
			assertThat(GuardedContext.behind(bean).models).containsExactly("gpt-4.1", "mini");
			answers(bean, cut("a"), cut("b"));
			StepVerifier.create(bean.rerouted("gpt-4.1")).expectNext("sorry").expectComplete().verify(LIMIT);
		});
	}

	@Test
	void itemsThatNobodyGetsAreDiscarded() {
		runner(RETRY, BUFFER).run((context) -> {
			Streams bean = context.getBean(Streams.class);
			List<String> discarded = new ArrayList<>();
			answers(bean, cut("a", "b"), Flux.just("c", "d"));
			StepVerifier.create(bean.stream("gpt-4.1").doOnDiscard(String.class, discarded::add))
				.expectNext("c", "d")
				.expectComplete()
				.verify(LIMIT);
			assertThat(discarded).containsExactly("a", "b");
			answers(bean, Flux.just("e", "f").concatWith(Flux.never()));
			bean.stream("gpt-4.1").doOnDiscard(String.class, discarded::add).subscribe().dispose();
			assertThat(discarded).containsExactly("a", "b", "e", "f");
		});
	}

	@Test
	void lastAnswerIsHandedOnWithItsErrorWhenNoneIsWhole() {
		runner(RETRY, BUFFER).run((context) -> {
			Streams bean = context.getBean(Streams.class);
			answers(bean, cut("a", "b"), cut("c"));
			StepVerifier.create(bean.stream("gpt-4.1"))
				.expectNext("c")
				.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(EOFException.class)
					.satisfies((ex) -> assertThat(ex.getSuppressed()).isNotEmpty()))
				.verify(LIMIT);
		});
	}

	@Test
	void streamThatIsTooLongToBeHeldBackPassesAsFastAsItIsAskedFor() {
		runner(RETRY, BUFFER).run((context) -> {
			Streams bean = context.getBean(Streams.class);
			TestPublisher<String> source = TestPublisher.create();
			answers(bean, source.flux());
			StepVerifier.create(bean.stream("gpt-4.1"), 1)
				.expectSubscription()
				.then(() -> IntStream.range(0, 9_999).forEach((i) -> source.next("item " + i)))
				.expectNoEvent(Duration.ofMillis(1))
				.then(() -> source.next("item 9999"))
				.expectNext("item 0")
				.thenRequest(9_999)
				.expectNextCount(9_999)
				.thenRequest(1)
				.then(() -> source.assertMinRequested(1).next("last"))
				.expectNext("last")
				.then(() -> source.error(new EOFException()))
				.expectError(EOFException.class)
				.verify(LIMIT);
			assertThat(GuardedContext.behind(bean).models).hasSize(1);
		});
	}

	@Test
	void withoutBufferItemsPassAsTheyCome() {
		runner(RETRY).run((context) -> {
			Streams bean = context.getBean(Streams.class);
			answers(bean, cut("a", "b"), Flux.just("c", "d"));
			StepVerifier.create(bean.stream("gpt-4.1"))
				.expectNext("a", "b")
				.expectError(EOFException.class)
				.verify(LIMIT);
			assertThat(GuardedContext.behind(bean).models).hasSize(1);
		});
	}

	@Test
	void cutInsideASdkIsAStreamErrorOnceSomethingHasArrived() {
		List<OutcomeKind> kinds = new ArrayList<>();
		listening(kinds).run((context) -> {
			Streams bean = context.getBean(Streams.class);
			Throwable cut = new OpenAIIoException("Request failed", new EOFException("unexpected end of stream"));
			answers(bean, Flux.just("a").concatWith(Flux.error(cut)), Flux.error(cut),
					Flux.error(new OpenAIInvalidDataException("Error reading response")), Flux.empty());
			for (int i = 0; i < 4; i++) {
				StepVerifier.create(bean.stream("gpt-4.1").onErrorComplete().then()).expectComplete().verify(LIMIT);
			}
			assertThat(GuardedContext.calls(context, GPT).failed()).isEqualTo(4);
		});
		assertThat(kinds).containsExactly(OutcomeKind.STREAM_ERROR, OutcomeKind.SERVER_ERROR, OutcomeKind.STREAM_ERROR,
				OutcomeKind.STREAM_ERROR);
	}

	@Test
	void emptyStreamIsAnsweredBySomebodyElse() {
		runner().run((context) -> {
			Streams bean = context.getBean(Streams.class);
			answers(bean, Flux.empty(), Flux.just("c"));
			StepVerifier.create(bean.rerouted("gpt-4.1")).expectNext("c").expectComplete().verify(LIMIT);
			answers(bean, Flux.empty());
			StepVerifier.create(bean.rerouted("gpt-4.1")).expectNext("sorry").expectComplete().verify(LIMIT);
			StepVerifier.create(bean.stream("gpt-4.1")).expectComplete().verify(LIMIT);
		});
	}

	@Test
	void timeLimitsHoldForStreams() {
		for (String limit : List.of("response-timeout", "first-token-timeout", "total-timeout")) {
			runner("llm-breaker.defaults." + limit + "=10s").run((context) -> {
				Streams bean = context.getBean(Streams.class);
				answers(bean, Flux.never());
				StepVerifier.withVirtualTime(() -> bean.stream("gpt-4.1"))
					.expectSubscription()
					.expectNoEvent(Duration.ofSeconds(9))
					.thenAwait(Duration.ofSeconds(1))
					.expectErrorSatisfies((error) -> assertTimeout(error, limit))
					.verify(LIMIT);
				assertThat(GuardedContext.calls(context, GPT).failed()).isEqualTo(1);
			});
		}
	}

	@Test
	void idleTimeLimitHoldsForStreams() {
		runner("llm-breaker.defaults.idle-timeout=10s").run((context) -> {
			Streams bean = context.getBean(Streams.class);
			answers(bean, Flux.just("a").concatWith(Flux.never()));
			StepVerifier.withVirtualTime(() -> bean.stream("gpt-4.1"))
				.expectNext("a")
				.expectNoEvent(Duration.ofSeconds(9))
				.thenAwait(Duration.ofSeconds(1))
				.expectErrorSatisfies((error) -> assertTimeout(error, "idle-timeout"))
				.verify(LIMIT);
		});
	}

	@Test
	void timeLimitsHoldForSingleAnswers() {
		for (String limit : List.of("response-timeout", "total-timeout")) {
			runner("llm-breaker.defaults." + limit + "=10s", "llm-breaker.defaults.first-token-timeout=1s")
				.run((context) -> {
					Streams bean = context.getBean(Streams.class);
					answers(bean, Flux.never());
					StepVerifier.withVirtualTime(() -> bean.single())
						.expectSubscription()
						.expectNoEvent(Duration.ofSeconds(9))
						.thenAwait(Duration.ofSeconds(1))
						.expectErrorSatisfies((error) -> assertTimeout(error, limit))
						.verify(LIMIT);
				});
		}
	}

	@Test
	void streamThatTakesTooLongIsReroutedBeforeTheFirstItem() {
		runner("llm-breaker.defaults.first-token-timeout=10s").run((context) -> {
			Streams bean = context.getBean(Streams.class);
			answers(bean, Flux.never(), Flux.just("c"));
			StepVerifier.withVirtualTime(() -> bean.rerouted("gpt-4.1"))
				.thenAwait(Duration.ofSeconds(10))
				.expectNext("c")
				.expectComplete()
				.verify(LIMIT);
		});
	}

	@Test
	void methodThatReturnsNullHasCalledNobody() {
		runner().run((context) -> {
			Streams bean = context.getBean(Streams.class);
			GuardedContext.behind(bean).answers = () -> null;
			StepVerifier.create(bean.stream("gpt-4.1")).expectComplete().verify(LIMIT);
			StepVerifier.create(bean.nullMono()).expectComplete().verify(LIMIT);
			StepVerifier.create(bean.rerouted("gpt-4.1")).expectComplete().verify(LIMIT);
			assertThat(GuardedContext.calls(context, GPT).neutral()).isEqualTo(3);
		});
	}

	@Test
	void permitEndsWhateverTheMethodThrows() {
		for (String[] properties : new String[][] { {}, { RETRY, BUFFER } }) {
			runner(properties).run((context) -> {
				Streams bean = context.getBean(Streams.class);
				for (Error error : List.of(new AssertionError(), new NoClassDefFoundError("x"),
						new StackOverflowError())) {
					GuardedContext.behind(bean).answers = () -> {
						throw error;
					};
					StepVerifier.create(bean.stream("gpt-4.1")).expectErrorMatches((ex) -> ex == error).verify(LIMIT);
					StepVerifier.create(bean.single()).expectErrorMatches((ex) -> ex == error).verify(LIMIT);
				}
				assertThat(GuardedContext.calls(context, GPT).neutral()).isEqualTo(6);
				assertThat(CallPermit.current()).isNull();
			});
		}
	}

	private static ApplicationContextRunner runner(String... properties) {
		return GuardedContext.runner(Streams.class)
			.withPropertyValues("llm-breaker.defaults.failure-threshold=99")
			.withPropertyValues(properties);
	}

	private static ApplicationContextRunner listening(List<OutcomeKind> kinds) {
		return runner().withBean(BreakerListener.class, () -> new BreakerListener() {

			@Override
			public void onCompleted(GateView gate, CallOutcome outcome, long nanos) {
				kinds.add(outcome.kind());
			}

		});
	}

	private static void assertTimeout(Throwable error, String limit) {
		assertThat(error).isInstanceOf(TimeoutException.class)
			.hasMessage("Call to 'openai:gpt-4.1' exceeded its " + limit + " of 10000 ms");
	}

	@SafeVarargs
	@SuppressWarnings("varargs")
	private static void answers(Streams bean, Flux<String>... answers) {
		List<Flux<String>> rest = new ArrayList<>(Arrays.asList(answers));
		Streams target = GuardedContext.behind(bean);
		target.models.clear();
		target.answers = () -> (rest.size() > 1) ? rest.remove(0) : rest.get(0);
	}

	private static Flux<String> cut(String... items) {
		return Flux.just(items).concatWith(Flux.error(new EOFException()));
	}

	static class Streams {

		final List<String> models = new ArrayList<>();

		Supplier<Flux<String>> answers = Flux::empty;

		@LlmGuarded(provider = "openai", model = "#model")
		public Flux<String> stream(String model) {
			this.models.add(model);
			return this.answers.get();
		}

		@LlmGuarded(provider = "openai", model = "#model", fallbackModels = "mini", fallbackMethod = "sorry")
		public Flux<String> rerouted(String model) {
			return stream(model);
		}

		Flux<String> sorry(String model) {
			return Flux.just("sorry");
		}

		@LlmGuarded(provider = "openai", model = "gpt-4.1")
		public Flow.Publisher<String> flow() {
			return JdkFlowAdapter.publisherToFlowPublisher(this.answers.get());
		}

		@LlmGuarded(provider = "openai", model = "gpt-4.1")
		public Mono<String> single() {
			return this.answers.get().next();
		}

		@LlmGuarded(provider = "openai", model = "gpt-4.1")
		public Mono<String> nullMono() {
			return null;
		}

	}

}
