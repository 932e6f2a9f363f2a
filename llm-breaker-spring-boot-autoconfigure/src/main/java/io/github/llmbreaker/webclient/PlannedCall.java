// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.time.Duration;
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

	/** What the caller gets if nothing better comes. */
	private @Nullable Throwable first;

	private @Nullable LlmCallRejectedException rejection;

	/** The first error answer, while another attempt is made. */
	private volatile @Nullable AnswerException kept;

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
		release(this.kept);
	}

	void attempt() {
		if (!this.cancelled) {
			unlessItFails(this::acquire);
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

	private void acquire() {
		CallPermit permit;
		try {
			permit = this.plan.gate().acquire(this.outer);
		}
		catch (LlmCallRejectedException ex) {
			this.rejection = (this.rejection != null) ? this.rejection : ex;
			take(this.plan.afterRejection(ex));
			return;
		}
		try {
			start(permit);
		}
		catch (Throwable ex) {
			permit.complete(Outcomes.LOCAL);
			throw ex;
		}
	}

	private void start(CallPermit permit) {
		this.exchange.trace(permit);
		Settlement call = new Settlement(permit, this.requests.dialect());
		Attempt running = new Attempt(this.exchange.guard(), call,
				TimeLimits.of(permit.gate().policy().timeouts(), this.plan.remaining()), this,
				this.caller.context().put(PlannedCall.class, this));
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
		catch (Throwable ex) {
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
	private NextStep after(CallOutcome outcome, Throwable error) {
		if (this.requests.canRepeat()) {
			return this.plan.afterFailure(outcome, error);
		}
		Throwable earlier = (this.first != null) ? this.first : this.rejection;
		return new NextStep(NextStep.Action.FAIL, null, Duration.ZERO, (earlier != null) ? earlier : error);
	}

	@Override
	public HoldRule holdRule() {
		return this.requests.canRepeat() ? HoldRule.of(this.plan.gate().policy()) : HoldRule.NONE;
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
			NextStep step = after(outcome, error);
			if (step.error() != error) {
				keepIfFirst(error);
			}
			take(step);
		});
	}

	private void keepIfFirst(AnswerException error) {
		if (this.first != null) {
			error.release();
			return;
		}
		error.keep();
		this.first = error;
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
			NextStep step = after(outcome, error);
			this.first = (this.first != null) ? this.first : error;
			take(step);
		});
	}

}
