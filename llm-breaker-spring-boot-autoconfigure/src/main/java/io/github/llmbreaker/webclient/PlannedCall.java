// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.util.concurrent.TimeUnit;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.call.CallPlan;
import io.github.llmbreaker.call.HoldRule;
import io.github.llmbreaker.call.NextStep;
import io.github.llmbreaker.call.Outcomes;
import io.github.llmbreaker.call.Settlement;
import io.github.llmbreaker.call.TimeLimits;
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

	private final CallPlan plan;

	private final AttemptRequests requests;

	private final @Nullable CallPermit outer;

	private final GuardedSubscription caller;

	private final Disposable.Swap pause = Disposables.swap();

	private volatile boolean cancelled;

	private volatile @Nullable Attempt attempt;

	PlannedCall(GuardedExchange exchange, CallPlan plan, AttemptRequests requests, @Nullable CallPermit outer,
			GuardedSubscription caller) {
		this.exchange = exchange;
		this.plan = plan;
		this.requests = requests;
		this.outer = outer;
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
		Attempt running = this.attempt;
		if (running != null) {
			running.dispose();
		}
	}

	void attempt() {
		if (this.cancelled) {
			return;
		}
		CallPermit permit;
		try {
			permit = this.plan.gate().acquire(this.outer);
		}
		catch (LlmCallRejectedException ex) {
			take(this.plan.afterRejection(ex));
			return;
		}
		this.exchange.trace(permit);
		Settlement call = new Settlement(permit, this.requests.dialect());
		Attempt running = new Attempt(this.exchange.guard(), call,
				TimeLimits.of(permit.gate().policy().timeouts(), this.plan.remaining()),
				HoldRule.of(permit.gate().policy()), this, this.caller.context().put(PlannedCall.class, this));
		this.attempt = running;
		if (this.cancelled) {
			running.dispose();
			return;
		}
		send(running, call);
	}

	private void send(Attempt running, Settlement call) {
		ClientRequest request;
		try {
			request = this.requests.next(this.plan.gate().target());
		}
		catch (RuntimeException ex) {
			onFailure(call.end(Outcomes.LOCAL), ex);
			return;
		}
		running.start(request, this.exchange.next());
	}

	private void take(NextStep step) {
		switch (step.action()) {
			case RETRY -> this.pause.update(this.exchange.guard()
				.scheduler()
				.schedule(this::attempt, step.delay().toNanos(), TimeUnit.NANOSECONDS));
			case FALLBACK -> {
				this.requests.reroute(step.requiredGate().target());
				attempt();
			}
			case FAIL -> fail(step.requiredError());
		}
	}

	private void fail(Throwable error) {
		if (error instanceof AnswerException answered) {
			onAnswer(answered.answer());
		}
		else {
			this.caller.onError(error);
		}
	}

	@Override
	public void onAnswer(ClientResponse response) {
		this.caller.onAnswer(response);
	}

	@Override
	public void onErrorAnswer(CallOutcome outcome, HeldAnswer answer) {
		AnswerException error = new AnswerException(answer.response());
		NextStep step = this.plan.afterFailure(outcome, error);
		if (step.error() != error) {
			error.detach(answer);
		}
		take(step);
	}

	@Override
	public void onFailure(CallOutcome outcome, Throwable error) {
		take(ChangedUrlException.isCauseOf(error) ? this.plan.afterUnsent(outcome, error)
				: this.plan.afterFailure(outcome, error));
	}

}
