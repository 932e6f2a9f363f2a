// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.breaker.Nanos;
import io.github.llmbreaker.call.Attempt;
import io.github.llmbreaker.call.HoldRule;
import io.github.llmbreaker.call.LlmCall;
import io.github.llmbreaker.call.Next;
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
final class PlannedCall implements AttemptOwner, Disposable {

	private final GuardedExchange exchange;

	private final LlmCall call;

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

	@Override
	public void dispose() {
		this.cancelled = true;
		this.pause.dispose();
		ExchangeAttempt latest = this.running;
		if (latest != null) {
			latest.dispose();
		}
		release(this.kept);
	}

	void attempt() {
		if (!this.cancelled) {
			unlessItFails(() -> take(this.call.begin()));
		}
	}

	/** Whatever is thrown on the way, the caller hears of it. */
	private void unlessItFails(Runnable step) {
		try {
			step.run();
		}
		catch (Throwable ex) {
			release(this.kept);
			this.caller.onError(ex);
		}
	}

	private void take(Next next) {
		switch (next.action()) {
			case RETRY -> this.pause.update(this.exchange.guard()
				.scheduler()
				.schedule(this::attempt, Nanos.of(next.delay()), TimeUnit.NANOSECONDS));
			case RUN -> {
				Attempt admitted = next.requiredAttempt();
				try {
					run(admitted);
				}
				catch (Throwable ex) {
					admitted.end(Outcomes.LOCAL);
					throw ex;
				}
			}
			case FAIL -> fail(next.requiredError());
		}
	}

	private void run(Attempt admitted) {
		this.attempt = admitted;
		this.exchange.trace(admitted.permit());
		RequestRoute route = this.routes.to(admitted.target());
		ExchangeAttempt next = new ExchangeAttempt(new Settlement(admitted, route.dialect()),
				this.exchange.guard().scheduler(), this, this.caller.context().put(PlannedCall.class, this));
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

	private void fail(Throwable error) {
		AnswerException answer = this.kept;
		if (answer != error) {
			release(answer);
		}
		if (error instanceof AnswerException answered) {
			this.caller.onAnswer(answered.answer());
		}
		else {
			this.caller.onError(error);
		}
	}

	/** A body that is too long is sent once; the first failure is the last. */
	private Next after(CallOutcome outcome, Throwable error) {
		if (!this.requests.canRepeat()) {
			this.call.sentForGood();
		}
		return ChangedUrlException.isCauseOf(error) ? this.call.unsent(outcome, error)
				: this.call.failed(Objects.requireNonNull(this.attempt), outcome, error);
	}

	@Override
	public HoldRule holdRule() {
		Attempt current = this.attempt;
		return (current != null && this.requests.canRepeat()) ? current.holdRule() : HoldRule.NONE;
	}

	@Override
	public void onAnswer(ClientResponse response) {
		release(this.kept);
		this.caller.onAnswer(response);
	}

	@Override
	public void onErrorAnswer(CallOutcome outcome, HeldAnswer answer) {
		unlessItFails(() -> {
			AnswerException error = new AnswerException(answer);
			Next next = after(outcome, error);
			if (next.error() != error) {
				keepIfFirst(error);
			}
			take(next);
		});
	}

	private void keepIfFirst(AnswerException error) {
		if (this.failedBefore) {
			error.release();
			return;
		}
		error.keep();
		this.failedBefore = true;
		this.kept = error;
		if (this.cancelled) {
			error.release();
		}
	}

	private static void release(@Nullable AnswerException answer) {
		if (answer != null) {
			answer.release();
		}
	}

	@Override
	public void onFailure(CallOutcome outcome, Throwable error) {
		unlessItFails(() -> {
			Next next = after(outcome, error);
			this.failedBefore = true;
			take(next);
		});
	}

}
