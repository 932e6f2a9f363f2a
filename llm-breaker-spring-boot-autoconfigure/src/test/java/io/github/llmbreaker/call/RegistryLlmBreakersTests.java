// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CancellationException;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmBreaker;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.Breaker;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.BreakerSnapshot;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.TestRegistry;
import io.github.llmbreaker.breaker.Ticker;
import io.github.llmbreaker.breaker.VirtualTime;
import io.github.llmbreaker.provider.AnswerHead;
import io.github.llmbreaker.provider.BodyObserver;
import io.github.llmbreaker.provider.ErrorAnswer;
import io.github.llmbreaker.provider.LlmDialect;
import io.github.llmbreaker.provider.LlmOperation;
import io.github.llmbreaker.provider.LlmProviders;
import io.github.llmbreaker.provider.dialect.BuiltInDialects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpStatus;
import org.springframework.web.client.HttpServerErrorException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of {@link RegistryLlmBreakers}.
 */
class RegistryLlmBreakersTests {

	private static final LlmTarget TARGET = TestRegistry.TARGET;

	private static final String NAME = "openai:gpt-4.1";

	private final BreakerRegistry registry = TestRegistry.create(new VirtualTime());

	private final RegistryLlmBreakers breakers = new RegistryLlmBreakers(
			guard(this.registry, new LlmProviders(BuiltInDialects.all(), List.of())));

	@Test
	void returnsTheResultAndCountsASuccess() throws Exception {
		assertThat(this.breakers.call(TARGET, () -> "hello")).isEqualTo("hello");
		assertThat(calls()).extracting(BreakerSnapshot.Calls::succeeded).isEqualTo(1L);
		assertThat(CallPermit.current()).isNull();
	}

	@Test
	void permitIsCurrentWhileTheCallRuns() throws Exception {
		CallPermit inside = this.breakers.call(TARGET, CallPermit::current);
		assertThat(inside.gate().target()).isEqualTo(TARGET);
		assertThat(inside.isCompleted()).isTrue();
	}

	@Test
	void whileOpenTheCallDoesNotRun() {
		TestRegistry.open(this.registry, TARGET);
		assertThatExceptionOfType(LlmCallRejectedException.class).isThrownBy(() -> this.breakers.call(TARGET, () -> {
			throw new AssertionError("must not run");
		})).satisfies((ex) -> assertThat(ex.getTarget()).isEqualTo(TARGET));
		assertThat(CallPermit.current()).isNull();
	}

	@Test
	void nestedCallsAreOneCall() throws Exception {
		this.breakers.call(TARGET, () -> this.breakers.call(TARGET, () -> "hello"));
		assertThat(calls()).extracting(BreakerSnapshot.Calls::succeeded).isEqualTo(1L);
	}

	@Test
	void rejectionOfAnotherTargetInsideIsNeutral() {
		LlmTarget other = LlmTarget.of("anthropic", "claude");
		TestRegistry.open(this.registry, other);
		assertThatExceptionOfType(LlmCallRejectedException.class)
			.isThrownBy(() -> this.breakers.call(TARGET, () -> this.breakers.call(other, () -> "never")))
			.satisfies((ex) -> assertThat(ex.getTarget()).isEqualTo(other));
		assertThat(calls()).extracting(BreakerSnapshot.Calls::neutral).isEqualTo(1L);
	}

	@Test
	void cancellationIsNeutral() {
		assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> this.breakers.call(TARGET, () -> {
			throw new CancellationException();
		}));
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> this.breakers.call(TARGET, () -> {
			throw new InterruptedException();
		}));
		assertThat(calls()).extracting(BreakerSnapshot.Calls::neutral).isEqualTo(2L);
	}

	@Test
	@DisplayName("what the call throws is thrown again unchanged; only failures of the provider count")
	void throwsTheSameAgain() {
		IOException failure = new IOException("connection reset");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.breakers.call(TARGET, () -> {
			throw failure;
		})).isSameAs(failure);
		AssertionError error = new AssertionError("a bug of the caller");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.breakers.call(TARGET, () -> {
			throw error;
		})).isSameAs(error);
		assertThat(calls()).extracting(BreakerSnapshot.Calls::failed, BreakerSnapshot.Calls::neutral)
			.containsExactly(1L, 1L);
	}

	@Test
	void exceptionThatNobodyCanJudgeIsThrownAndLosesNoPlace() {
		RegistryLlmBreakers broken = new RegistryLlmBreakers(
				guard(this.registry, new LlmProviders(List.of(new ThrowingDialect()), List.of())));
		halfOpenWithOnePlace();
		for (Throwable thrown : List.of(new HttpServerErrorException(HttpStatus.BAD_GATEWAY), new WeirdException(),
				new StackOverflowError())) {
			assertThatThrownBy(() -> broken.call(TARGET, () -> {
				if (thrown instanceof Error error) {
					throw error;
				}
				throw (Exception) thrown;
			})).isSameAs(thrown);
		}
		assertThat(calls().neutral()).isEqualTo(3);
		assertThat(calls().succeeded()).isEqualTo(2);
		assertThat(this.registry.gate(TARGET).isCallable()).isTrue();
		assertThat(CallPermit.current()).isNull();
	}

	@Test
	void nothingToCallTakesNoPlace() {
		halfOpenWithOnePlace();
		assertThatNullPointerException().isThrownBy(() -> this.breakers.call(TARGET, null))
			.withMessageContaining("'call'");
		assertThatNullPointerException().isThrownBy(() -> this.breakers.call(null, () -> "hello"))
			.withMessageContaining("'target'");
		assertThat(calls().neutral()).isZero();
		assertThat(this.registry.gate(TARGET).isCallable()).isTrue();
	}

	private static CallGuard guard(BreakerRegistry registry, LlmProviders providers) {
		return new CallGuard(registry, providers, InstantSource.system(), Ticker.SYSTEM);
	}

	private void halfOpenWithOnePlace() {
		this.registry.gate(TARGET).modelBreaker().halfOpen();
		TestRegistry.calls(this.registry, TARGET, 2, TestRegistry.SUCCESS);
	}

	/**
	 * A dialect that understands nothing.
	 */
	private static final class ThrowingDialect implements LlmDialect {

		@Override
		public String id() {
			return "openai";
		}

		@Override
		public LlmOperation operation(String path) {
			throw new IllegalStateException("operation");
		}

		@Override
		public CallOutcome classify(ErrorAnswer answer) {
			throw new NoClassDefFoundError("classify");
		}

		@Override
		public BodyObserver observe(AnswerHead head) {
			throw new IllegalStateException("observe");
		}

	}

	/**
	 * An exception that can't even be looked at.
	 */
	private static final class WeirdException extends RuntimeException {

		@Override
		public synchronized Throwable getCause() {
			throw new IllegalStateException("no cause for you");
		}

	}

	@Test
	void providersAreKnownByLowerCaseNamesAndModelsByExactOnes() throws Exception {
		this.breakers.call(LlmTarget.of("OpenAI", "GPT-4.1"), () -> "hello");
		assertThat(this.breakers.find("openai:GPT-4.1")).isPresent();
		assertThat(this.breakers.find(NAME)).isEmpty();
	}

	@Test
	void targetNoneIsNotGuarded() throws Exception {
		assertThat(this.breakers.call(LlmTarget.NONE, CallPermit::current)).isNull();
		assertThat(this.breakers.all()).isEmpty();
	}

	@Test
	@DisplayName("asking for an unknown breaker does nothing")
	void findsBreakersAndNeverMakesThem() throws Exception {
		assertThat(this.breakers.find(NAME)).isEmpty();
		this.breakers.call(TARGET, () -> null);
		assertThat(this.breakers.find(NAME)).map(LlmBreaker::state).contains(BreakerState.CLOSED);
		assertThat(this.breakers.all()).extracting(LlmBreaker::name).containsExactly("openai", NAME);
		assertThat(this.breakers.find("unknown")).isEmpty();
	}

	private BreakerSnapshot.Calls calls() {
		return this.registry.find(NAME).map(Breaker::snapshot).orElseThrow().calls();
	}

}
