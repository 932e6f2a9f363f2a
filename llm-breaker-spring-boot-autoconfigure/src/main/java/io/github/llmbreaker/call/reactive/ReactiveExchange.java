// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call.reactive;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.breaker.Nanos;
import io.github.llmbreaker.call.Attempt;
import io.github.llmbreaker.call.AttemptLoop;
import io.github.llmbreaker.call.HeldAnswerException;
import io.github.llmbreaker.call.HoldRule;
import io.github.llmbreaker.call.LlmCall;
import io.github.llmbreaker.call.Outcomes;
import io.github.llmbreaker.call.RequestRoute;
import io.github.llmbreaker.call.RequestRoutes;
import io.github.llmbreaker.call.Settlement;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/**
 * Runs the attempts of one call over a reactive HTTP client, one after the other, until
 * one of them has an answer for the caller.
 *
 * @param <A> the client's answer
 * @since 0.1.0
 */
public final class ReactiveExchange<A> implements AnswerOwner<A>, AttemptLoop.Driver, Disposable {

	private final LlmCall call;

	private final AttemptLoop attempts;

	private final RequestRoutes routes;

	private final Requests<A> requests;

	private final Scheduler scheduler;

	private final Caller<A> caller;

	private volatile @Nullable ReactiveAttempt<A> running;

	private @Nullable Attempt attempt;

	private boolean failedBefore;

	/** The first error answer, while another attempt is made. */
	private volatile @Nullable HeldAnswerException kept;

	/**
	 * Creates it.
	 * @param call decides what comes after a failed attempt
	 * @param routes where the request can go
	 * @param requests sends the request
	 * @param scheduler where time limits are watched and retries start
	 * @param caller who gets the answer
	 */
	public ReactiveExchange(LlmCall call, RequestRoutes routes, Requests<A> requests, Scheduler scheduler,
			Caller<A> caller) {
		this.call = call.plansAlone();
		this.attempts = new AttemptLoop(call, this);
		this.routes = routes;
		this.requests = requests;
		this.scheduler = scheduler;
		this.caller = caller;
	}

	/**
	 * Whether the subscriber is an attempt of a call that is planned already.
	 * @param context the subscriber's
	 * @return whether another plan would be one too many
	 */
	public static boolean isInside(Context context) {
		return context.hasKey(ReactiveExchange.class);
	}

	/**
	 * Makes the call.
	 */
	public void start() {
		this.attempts.begin();
	}

	@Override
	public void dispose() {
		this.attempts.leave();
		ReactiveAttempt<A> latest = this.running;
		if (latest != null) {
			latest.dispose();
		}
		release(this.kept);
	}

	@Override
	public Runnable later(Duration delay, Runnable retry) {
		return this.scheduler.schedule(retry, Nanos.of(delay), TimeUnit.NANOSECONDS)::dispose;
	}

	@Override
	public void run(Attempt admitted) {
		this.attempt = admitted;
		RequestRoute route = this.routes.to(admitted.target());
		ReactiveAttempt<A> next = new ReactiveAttempt<>(new Settlement(admitted, route.dialect()),
				this.requests.answers(), this.scheduler, this, this.caller.context().put(ReactiveExchange.class, this));
		this.running = next;
		if (this.attempts.isLeft()) {
			next.dispose();
			return;
		}
		ReactiveAttempt.Sender<A> sender;
		try {
			sender = this.requests.next(admitted, route);
		}
		catch (Throwable ex) {
			onFailure(admitted.end(Outcomes.LOCAL), ex);
			return;
		}
		next.start(this.requests.method(), sender);
	}

	@Override
	public void giveUp(Throwable error) {
		HeldAnswerException answer = this.kept;
		if (answer != error) {
			release(answer);
		}
		if (error instanceof HeldAnswerException held) {
			this.caller.onAnswer(answer(held).handOn(held.getSuppressed()));
		}
		else {
			this.caller.onError(error);
		}
	}

	@Override
	public HoldRule holdRule() {
		Attempt current = this.attempt;
		return (current != null && this.requests.canRepeat()) ? current.holdRule() : HoldRule.NONE;
	}

	@Override
	public void onAnswer(A response) {
		this.attempts.over();
		release(this.kept);
		this.caller.onAnswer(response);
	}

	@Override
	public void onErrorAnswer(CallOutcome outcome, ReactiveAnswer<A> answer) {
		onFailure(outcome, new HeldAnswerException(answer, outcome));
	}

	@Override
	public void onFailure(CallOutcome outcome, Throwable error) {
		if (!this.requests.canRepeat()) {
			// a body that is too long is sent once; the first failure is the last
			this.call.sentForGood();
		}
		if (this.requests.isUnsent(error)) {
			this.attempts.unsent(outcome, error);
		}
		else {
			this.attempts.failed(Objects.requireNonNull(this.attempt), outcome, error);
		}
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

	private void release(@Nullable HeldAnswerException held) {
		if (held != null) {
			answer(held).release();
		}
	}

	@SuppressWarnings("unchecked") // no answer of another exchange comes here
	private ReactiveAnswer<A> answer(HeldAnswerException held) {
		return (ReactiveAnswer<A>) held.answer();
	}

	/**
	 * Gets an answer or an error, once.
	 *
	 * @param <A> the client's answer
	 * @since 0.1.0
	 */
	public interface Caller<A> {

		/**
		 * Returns the subscriber's context.
		 * @return the context
		 */
		Context context();

		/**
		 * There is an answer.
		 * @param response the answer
		 */
		void onAnswer(A response);

		/**
		 * There is none.
		 * @param error why
		 */
		void onError(Throwable error);

	}

	/**
	 * Makes the requests of the attempts of one call.
	 *
	 * @param <A> the client's answer
	 * @since 0.1.0
	 */
	public interface Requests<A> {

		/**
		 * Returns who knows the client's answers.
		 * @return what is known of them
		 */
		ReactiveAnswers<A> answers();

		/**
		 * Returns how the request is made.
		 * @return the method
		 */
		String method();

		/**
		 * Makes the next request.
		 * @param attempt the attempt
		 * @param route where to
		 * @return who sends it
		 */
		ReactiveAttempt.Sender<A> next(Attempt attempt, RequestRoute route);

		/**
		 * Whether another request can be made: the body is not too long to be kept.
		 * @return whether it can be sent again
		 */
		boolean canRepeat();

		/**
		 * Whether the application itself has kept the request from being sent.
		 * @param error what went wrong
		 * @return whether it says nothing about the target
		 */
		boolean isUnsent(Throwable error);

	}

}
