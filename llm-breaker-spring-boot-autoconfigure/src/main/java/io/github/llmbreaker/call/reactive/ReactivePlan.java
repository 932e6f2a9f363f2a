// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call.reactive;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.breaker.Nanos;
import io.github.llmbreaker.call.Attempt;
import io.github.llmbreaker.call.AttemptLoop;
import io.github.llmbreaker.call.HeldAnswerException;
import io.github.llmbreaker.call.LlmCall;
import io.github.llmbreaker.call.RequestRoutes;
import org.jspecify.annotations.Nullable;

/**
 * What can come after a failed attempt of an exchange.
 *
 * @param <A> the client's answer
 */
final class ReactivePlan<A> implements AttemptLoop.Driver {

	private final ReactiveExchange<?, A> exchange;

	private final AttemptLoop attempts;

	private final RequestRoutes routes;

	/** The first error answer, while another attempt is made. */
	private volatile @Nullable HeldAnswerException kept;

	private boolean failedBefore;

	ReactivePlan(ReactiveExchange<?, A> exchange, LlmCall call, RequestRoutes routes) {
		this.exchange = exchange;
		this.attempts = new AttemptLoop(call.plansAlone(), this);
		this.routes = routes;
	}

	void begin() {
		this.attempts.begin();
	}

	/** The subscriber wants no more, and neither does what runs for it. */
	void leave() {
		this.attempts.leave();
		release(this.kept);
	}

	/** The subscriber gets an answer. */
	void over() {
		this.attempts.over();
		release(this.kept);
	}

	void failed(Attempt attempt, CallOutcome outcome, Throwable error) {
		if (!this.exchange.canRepeat()) {
			// a body that is too long is sent once; the first failure is the last
			this.attempts.sentForGood();
		}
		if (this.exchange.isUnsent(error)) {
			this.attempts.unsent(outcome, error);
		}
		else {
			this.attempts.failed(attempt, outcome, error);
		}
	}

	@Override
	public void run(Attempt admitted) {
		this.exchange.start(admitted, this.routes.to(admitted.target()));
	}

	@Override
	public Runnable later(Duration delay, Runnable retry) {
		return this.exchange.scheduler().schedule(retry, Nanos.of(delay), TimeUnit.NANOSECONDS)::dispose;
	}

	/**
	 * Of the answers that are errors the first is kept: the caller may get it after all.
	 */
	@Override
	public void leaving(Throwable error) {
		boolean first = !this.failedBefore;
		this.failedBefore = true;
		if (error instanceof HeldAnswerException held) {
			if (first) {
				answer(held).keep();
				this.kept = held;
			}
			if (!first || this.attempts.isLeft()) {
				release(held);
			}
		}
	}

	@Override
	public void giveUp(Throwable error) {
		if (this.kept != error) {
			release(this.kept);
		}
		if (error instanceof HeldAnswerException held) {
			this.exchange.succeed(answer(held).handOn(held.getSuppressed()));
		}
		else {
			this.exchange.failOrDrop(error);
		}
	}

	private void release(@Nullable HeldAnswerException held) {
		if (held != null) {
			answer(held).release();
		}
	}

	@SuppressWarnings("unchecked") // no answer of another exchange comes here
	private ReactiveAnswer<A> answer(HeldAnswerException held) {
		return (ReactiveAnswer<A>) held.answer();
	}

}
