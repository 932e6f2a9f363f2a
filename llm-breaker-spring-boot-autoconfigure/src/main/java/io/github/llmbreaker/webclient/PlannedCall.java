// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.breaker.Nanos;
import io.github.llmbreaker.call.Attempt;
import io.github.llmbreaker.call.AttemptLoop;
import io.github.llmbreaker.call.HoldRule;
import io.github.llmbreaker.call.LlmCall;
import io.github.llmbreaker.call.Outcomes;
import io.github.llmbreaker.call.RequestRoute;
import io.github.llmbreaker.call.RequestRoutes;
import io.github.llmbreaker.call.Settlement;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.util.context.Context;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * Runs the attempts of one call, one after the other, until one of them has an answer for
 * the caller.
 */
final class PlannedCall implements ExchangeAttempt.Owner, AttemptLoop.Driver, Disposable {

	private final GuardedExchange exchange;

	private final LlmCall call;

	private final AttemptLoop attempts;

	private final RequestRoutes routes;

	private final AttemptRequests requests;

	private final GuardedSubscription caller;

	private final Disposable.Swap pause = Disposables.swap();

	private volatile boolean cancelled;

	private volatile @Nullable ExchangeAttempt running;

	private @Nullable Attempt attempt;

	private boolean failedBefore;

	/** The first error answer, while another attempt is made. */
	private volatile @Nullable AnswerException kept;

	PlannedCall(GuardedExchange exchange, LlmCall call, RequestRoutes routes, AttemptRequests requests,
			GuardedSubscription caller) {
		this.exchange = exchange;
		this.call = call;
		this.attempts = new AttemptLoop(call, this);
		this.routes = routes;
		this.requests = requests;
		this.caller = caller;
	}

	/**
	 * Whether the subscriber is an attempt of a call that is planned already.
	 */
	static boolean isInside(Context context) {
		return context.hasKey(PlannedCall.class);
	}

	void start() {
		this.attempts.begin();
	}

	@Override
	public void dispose() {
		this.cancelled = true;
		this.pause.dispose();
		ExchangeAttempt latest = this.running;
		if (latest != null) {
			latest.dispose();
		}
		this.attempts.over();
		release(this.kept);
	}

	@Override
	public boolean isOver() {
		return this.cancelled;
	}

	@Override
	public void later(Duration delay, Runnable retry) {
		this.pause.update(this.exchange.scheduler().schedule(retry, Nanos.of(delay), TimeUnit.NANOSECONDS));
	}

	@Override
	public void run(Attempt admitted) {
		this.attempt = admitted;
		this.exchange.trace(admitted.permit());
		RequestRoute route = this.routes.to(admitted.target());
		ExchangeAttempt next = new ExchangeAttempt(new Settlement(admitted, route.dialect()), this.exchange.scheduler(),
				this, this.caller.context().put(PlannedCall.class, this));
		this.running = next;
		if (this.cancelled) {
			next.dispose();
			return;
		}
		ClientRequest request;
		try {
			request = this.requests.next(route, admitted.target());
		}
		catch (Throwable ex) {
			onFailure(admitted.end(Outcomes.LOCAL), ex);
			return;
		}
		next.start(request, this.exchange.next());
	}

	@Override
	public void giveUp(Throwable error) {
		AnswerException answer = this.kept;
		if (answer != error) {
			release(answer);
		}
		if (error instanceof AnswerException answered) {
			this.caller.onAnswer(answered.handOn());
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
	public void onAnswer(ClientResponse response) {
		this.attempts.over();
		release(this.kept);
		this.caller.onAnswer(response);
	}

	@Override
	public void onErrorAnswer(CallOutcome outcome, AnswerException answer) {
		onFailure(outcome, answer);
	}

	@Override
	public void onFailure(CallOutcome outcome, Throwable error) {
		if (!this.requests.canRepeat()) {
			// a body that is too long is sent once; the first failure is the last
			this.call.sentForGood();
		}
		if (ChangedUrlException.isCauseOf(error)) {
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
		if (error instanceof AnswerException answer) {
			if (first) {
				answer.keep();
				this.kept = answer;
			}
			if (!first || this.cancelled) {
				answer.release();
			}
		}
	}

	private static void release(@Nullable AnswerException answer) {
		if (answer != null) {
			answer.release();
		}
	}

}
