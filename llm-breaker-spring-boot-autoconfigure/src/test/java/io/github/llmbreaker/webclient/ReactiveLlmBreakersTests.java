// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.io.EOFException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.TestPolicies;
import io.github.llmbreaker.breaker.Ticker;
import io.github.llmbreaker.breaker.TimeoutPolicy;
import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.provider.LlmProviders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.test.StepVerifier;
import reactor.test.publisher.PublisherProbe;
import reactor.test.publisher.TestPublisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ReactiveLlmBreakers} with sources of all kinds.
 */
class ReactiveLlmBreakersTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final LlmTarget TARGET = new LlmTarget("openai", "chat.completions", "m");

	private final GuardedWebClient guarded = new GuardedWebClient();

	private final AtomicInteger calls = new AtomicInteger();

	@AfterEach
	void stop() {
		this.guarded.close();
	}

	@Test
	void argumentsThatAreNullAreRefusedAtOnce() {
		ReactiveLlmBreakers breakers = breakers();
		assertThatIllegalArgumentException().isThrownBy(() -> breakers.mono(TARGET, null))
			.withMessage("'call' must not be null");
		assertThatIllegalArgumentException().isThrownBy(() -> breakers.flux(TARGET, null))
			.withMessage("'call' must not be null");
		assertThatIllegalArgumentException().isThrownBy(() -> breakers.flux(null, Flux::empty))
			.withMessage("'target' must not be null");
		ReactiveLlmBreakers off = new ReactiveLlmBreakers(new CallGuard(BreakerRegistry.off(),
				new LlmProviders(List.of(), List.of()), InstantSource.system(), Ticker.SYSTEM));
		assertThatIllegalArgumentException().isThrownBy(() -> off.mono(TARGET, null))
			.withMessage("'call' must not be null");
	}

	@Test
	void supplierThatReturnsNullIsAnErrorThatConcernsNobody() {
		StepVerifier.create(breakers().mono(TARGET, () -> null))
			.expectError(NullPointerException.class)
			.verify(PATIENCE);
		StepVerifier.create(breakers().flux(TARGET, () -> null))
			.expectError(NullPointerException.class)
			.verify(PATIENCE);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.CLIENT_ERROR, OutcomeKind.CLIENT_ERROR);
	}

	@Test
	void permitEndsWhateverIsThrown() {
		List<Throwable> thrown = List.of(new AssertionError(), new NoClassDefFoundError("x"), new StackOverflowError(),
				new IllegalStateException());
		for (boolean limited : new boolean[] { false, true }) {
			GuardedWebClient client = new GuardedWebClient();
			if (limited) {
				client.timeouts(new TimeoutPolicy(Duration.ofSeconds(10), null, null, null));
			}
			ReactiveLlmBreakers breakers = client.reactiveBreakers();
			for (Throwable error : thrown) {
				StepVerifier.create(breakers.mono(TARGET, () -> sneak(error)))
					.expectErrorMatches((ex) -> ex == error)
					.verify(PATIENCE);
				StepVerifier.create(breakers.flux(TARGET, () -> flux((actual) -> sneak(error))))
					.expectErrorMatches((ex) -> ex == error)
					.verify(PATIENCE);
				StepVerifier.create(breakers.flux(TARGET, () -> flux((actual) -> {
					actual.onSubscribe(Operators.emptySubscription());
					sneak(error);
				}))).expectErrorMatches((ex) -> ex == error).verify(PATIENCE);
			}
			assertThat(client.outcomes).hasSize(12).noneMatch((outcome) -> outcome.countsAsFailure());
			assertThat(CallPermit.current()).isNull();
			client.close();
		}
	}

	@Test
	void sourceThatSubscribesTwiceAndEndsTwiceEndsOnce() {
		AtomicInteger cancelled = new AtomicInteger();
		Flux<Integer> flux = breakers().flux(TARGET, () -> flux((actual) -> {
			actual.onSubscribe(Operators.emptySubscription());
			actual.onSubscribe(new BaseSubscription(cancelled::incrementAndGet));
			actual.onNext(1);
			actual.onComplete();
			actual.onNext(2);
			actual.onComplete();
			actual.onError(new TimeoutException());
		}));
		Signals signals = new Signals();
		flux.subscribe(signals);
		assertThat(signals.log).containsExactly("1", "complete");
		assertThat(cancelled).hasValue(1);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SUCCESS);
	}

	@Test
	void streamWithoutAnyItemIsNoSuccess() {
		StepVerifier.create(breakers().flux(TARGET, Flux::empty)).expectComplete().verify(PATIENCE);
		StepVerifier.create(breakers().mono(TARGET, Mono::empty)).expectComplete().verify(PATIENCE);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.STREAM_ERROR, OutcomeKind.SUCCESS);
	}

	@Test
	void cutAfterTheFirstItemIsAStreamError() {
		StepVerifier.create(breakers().flux(TARGET, () -> Flux.just(1).concatWith(Flux.error(new EOFException()))))
			.expectNext(1)
			.expectError(EOFException.class)
			.verify(PATIENCE);
		StepVerifier.create(breakers().flux(TARGET, () -> Flux.error(new EOFException())))
			.expectError(EOFException.class)
			.verify(PATIENCE);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.STREAM_ERROR, OutcomeKind.SERVER_ERROR);
	}

	@Test
	void retriesBeforeTheFirstItemOnly() {
		this.guarded.breaker(TestPolicies.model().threshold(9).get()).retries(2);
		StepVerifier.create(breakers().flux(TARGET, answers(failing(), Flux.empty(), Flux.just(1, 2))))
			.expectNext(1, 2)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SERVER_ERROR, OutcomeKind.STREAM_ERROR,
				OutcomeKind.SUCCESS);
		assertThat(this.guarded.steps).containsExactly("retry m", "retry m");
		this.calls.set(0);
		StepVerifier.create(breakers().flux(TARGET, answers(cut(1), Flux.just(1, 2))))
			.expectNext(1)
			.expectError(EOFException.class)
			.verify(PATIENCE);
		assertThat(this.calls).hasValue(1);
	}

	@Test
	void retriesAMono() {
		this.guarded.retries(1);
		StepVerifier.create(breakers().mono(TARGET, () -> answers(failing(), Flux.just(7)).get().next()))
			.expectNext(7)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SERVER_ERROR, OutcomeKind.SUCCESS);
	}

	@Test
	void eachRetryAsksTheBreaker() {
		this.guarded.retries(5);
		StepVerifier.create(breakers().flux(TARGET, answers(failing())))
			.expectError(EOFException.class)
			.verify(PATIENCE);
		assertThat(this.calls).hasValue(2);
		assertThat(this.guarded.state("openai:m")).isEqualTo(BreakerState.OPEN);
		StepVerifier.create(breakers().flux(TARGET, answers(failing())))
			.expectError(LlmCallRejectedException.class)
			.verify(PATIENCE);
		assertThat(this.calls).hasValue(2);
	}

	@Test
	void emptyStreamThatNobodyElseAnswersIsEmpty() {
		this.guarded.retries(1);
		StepVerifier.create(breakers().flux(TARGET, answers(Flux.empty()))).expectComplete().verify(PATIENCE);
		assertThat(this.calls).hasValue(2);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.STREAM_ERROR, OutcomeKind.STREAM_ERROR);
	}

	@Test
	void streamThatIsHeldBackIsReplacedWhenItIsCut() {
		this.guarded.retries(1).buffered();
		StepVerifier.create(breakers().flux(TARGET, answers(cut(1, 2), Flux.just(3, 4))))
			.expectNext(3, 4)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.STREAM_ERROR, OutcomeKind.SUCCESS);
	}

	@Test
	void streamThatNothingCanReplaceIsHandedOnWithItsError() {
		this.guarded.retries(1).buffered();
		StepVerifier.create(breakers().flux(TARGET, answers(cut(1, 2))))
			.expectNext(1, 2)
			.expectError(EOFException.class)
			.verify(PATIENCE);
		assertThat(this.calls).hasValue(2);
	}

	@Test
	void streamIsNotHeldBackWhenNothingCouldReplaceIt() {
		this.guarded.buffered();
		TestPublisher<Integer> source = TestPublisher.create();
		StepVerifier.create(breakers().flux(TARGET, source::flux))
			.then(() -> source.next(1))
			.expectNext(1)
			.then(source::complete)
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void itemsThatAreHeldBackComeAsTheyAreAskedFor() {
		this.guarded.retries(1).buffered();
		StepVerifier.create(breakers().flux(TARGET, () -> Flux.range(1, 5)), 0)
			.thenRequest(2)
			.expectNext(1, 2)
			.thenRequest(1)
			.expectNext(3)
			.thenRequest(5)
			.expectNext(4, 5)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SUCCESS);
	}

	@Test
	void veryLongStreamPassesBeforeItsEnd() {
		this.guarded.retries(1).buffered();
		TestPublisher<Integer> source = TestPublisher.create();
		StepVerifier.create(breakers().flux(TARGET, source::flux), 4)
			.then(() -> emit(source, 9_999))
			.expectNoEvent(Duration.ofMillis(1))
			.then(() -> source.next(1))
			.expectNextCount(4)
			.thenRequest(9_996)
			.expectNextCount(9_996)
			.thenRequest(5)
			.then(() -> source.next(7))
			.expectNext(7)
			.then(() -> source.error(new EOFException()))
			.expectError(EOFException.class)
			.verify(PATIENCE);
		source.assertMaxRequested(20_000);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.STREAM_ERROR);
	}

	@Test
	void veryLongStreamEndsWell() {
		this.guarded.retries(1).buffered();
		StepVerifier.create(breakers().flux(TARGET, () -> Flux.range(0, 25_000)))
			.expectNextSequence(Flux.range(0, 25_000).toIterable())
			.expectComplete()
			.verify(PATIENCE);
		StepVerifier.create(breakers().flux(TARGET, () -> Flux.range(0, 10_000)))
			.expectNextCount(10_000)
			.expectComplete()
			.verify(PATIENCE);
		StepVerifier.create(breakers().flux(TARGET, () -> Flux.range(0, 25_000)).take(12_000))
			.expectNextCount(12_000)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SUCCESS, OutcomeKind.SUCCESS,
				OutcomeKind.CANCELLED);
	}

	@Test
	void cancelEndsAnAttemptThatIsHeldBack() {
		this.guarded.retries(1).buffered();
		PublisherProbe<Integer> probe = PublisherProbe.of(Flux.just(1).concatWith(Flux.never()));
		Disposable subscription = breakers().flux(TARGET, probe::flux).subscribe();
		probe.assertWasRequested();
		subscription.dispose();
		probe.assertWasCancelled();
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.CANCELLED);
	}

	@Test
	void cancelDuringThePauseBeforeARetryStopsTheCall() {
		this.guarded.retries(3);
		StepVerifier.withVirtualTime(() -> breakers().flux(TARGET, answers(failing())))
			.expectSubscription()
			.thenAwait(Duration.ofMillis(5))
			.thenCancel()
			.verify(PATIENCE);
		assertThat(this.calls).hasValue(1);
		assertThat(this.guarded.outcomes).hasSize(1);
	}

	private ReactiveLlmBreakers breakers() {
		return this.guarded.reactiveBreakers();
	}

	/** One after the other; the last one again and again. */
	@SafeVarargs
	private Supplier<Flux<Integer>> answers(Flux<Integer>... answers) {
		return () -> answers[Math.min(this.calls.getAndIncrement(), answers.length - 1)];
	}

	private static Flux<Integer> failing() {
		return Flux.defer(() -> Flux.error(new EOFException()));
	}

	private static Flux<Integer> cut(Integer... items) {
		return Flux.just(items).concatWith(failing());
	}

	private static void emit(TestPublisher<Integer> source, int count) {
		for (int i = 0; i < count; i++) {
			source.next(i);
		}
	}

	private static Flux<Integer> flux(Consumer<CoreSubscriber<? super Integer>> subscribe) {
		return new Flux<>() {

			@Override
			public void subscribe(CoreSubscriber<? super Integer> actual) {
				subscribe.accept(actual);
			}

		};
	}

	@SuppressWarnings("unchecked")
	private static <T, E extends Throwable> T sneak(Throwable error) throws E {
		throw (E) error;
	}

	private static final class Signals extends BaseSubscriber<Integer> {

		final List<String> log = new ArrayList<>();

		@Override
		protected void hookOnNext(Integer value) {
			this.log.add(value.toString());
		}

		@Override
		protected void hookOnComplete() {
			this.log.add("complete");
		}

		@Override
		protected void hookOnError(Throwable error) {
			this.log.add(error.toString());
		}

	}

	private record BaseSubscription(Runnable cancelled) implements Subscription {

		@Override
		public void request(long n) {
		}

		@Override
		public void cancel() {
			this.cancelled.run();
		}

	}

}
