// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.call.HoldRule;
import io.github.llmbreaker.call.Outcomes;
import io.github.llmbreaker.call.Settlement;
import io.github.llmbreaker.call.TimeLimits;
import io.github.llmbreaker.provider.AnswerHead;
import io.github.llmbreaker.provider.BodyObserver;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * One request under one permit, until its answer is handed on.
 */
final class Attempt implements CoreSubscriber<ClientResponse>, Disposable {

	/** How long an error answer is held back when its body does not come. */
	private static final Duration ERROR_BODY_PATIENCE = Duration.ofSeconds(5);

	private static final int WAITING = 0;

	private static final int ANSWERED = 1;

	private static final int ENDED = 2;

	private static final AtomicIntegerFieldUpdater<Attempt> PHASE = AtomicIntegerFieldUpdater.newUpdater(Attempt.class,
			"phase");

	private static final AtomicReferenceFieldUpdater<Attempt, @Nullable Subscription> UPSTREAM = AtomicReferenceFieldUpdater
		.newUpdater(Attempt.class, Subscription.class, "upstream");

	private final ExchangeGuard guard;

	private final Settlement call;

	private final TimeLimits limits;

	private final HoldRule holdRule;

	private final AttemptOwner owner;

	private final Context context;

	private volatile int phase;

	private volatile boolean cancelled;

	private volatile @Nullable Subscription upstream;

	private volatile @Nullable Disposable timer;

	private volatile @Nullable HeldBody held;

	private volatile @Nullable BodyWatch watch;

	private boolean bodiless;

	Attempt(ExchangeGuard guard, Settlement call, TimeLimits limits, HoldRule holdRule, AttemptOwner owner,
			Context context) {
		this.guard = guard;
		this.call = call;
		this.limits = limits;
		this.holdRule = holdRule;
		this.owner = owner;
		this.context = context.put(CallPermit.class, call.permit());
	}

	void start(ClientRequest request, ExchangeFunction next) {
		this.bodiless = request.method() == HttpMethod.HEAD;
		TimeLimits.Deadline deadline = this.limits.untilHead();
		if (deadline != null) {
			this.timer = this.guard.scheduler()
				.schedule(() -> timeOut(deadline), deadline.nanos(), TimeUnit.NANOSECONDS);
		}
		try {
			next.exchange(request).subscribe(this);
		}
		catch (RuntimeException ex) {
			onError(ex);
		}
	}

	@Override
	public Context currentContext() {
		return this.context;
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		if (Operators.setOnce(UPSTREAM, this, subscription)) {
			subscription.request(Long.MAX_VALUE);
		}
	}

	@Override
	public void onNext(ClientResponse response) {
		if (PHASE.compareAndSet(this, WAITING, ANSWERED)) {
			stopTimer();
			answer(response);
		}
		else {
			Operators.onNextDropped(response, this.context);
		}
	}

	@Override
	public void onError(Throwable error) {
		if (PHASE.compareAndSet(this, WAITING, ENDED)) {
			stopTimer();
			this.owner.onFailure(this.call.failed(error), error);
		}
		else {
			Operators.onErrorDropped(error, this.context);
		}
	}

	@Override
	public void onComplete() {
		if (PHASE.compareAndSet(this, WAITING, ENDED)) {
			stopTimer();
			this.owner.onFailure(this.call.end(Outcomes.LOCAL),
					new IllegalStateException("The underlying HTTP client completed without emitting a response."));
		}
	}

	/**
	 * The caller does not want the answer, or nothing more of it.
	 */
	@Override
	public void dispose() {
		this.cancelled = true;
		boolean waiting = PHASE.compareAndSet(this, WAITING, ENDED);
		if (waiting) {
			stopTimer();
			this.call.abandoned(null);
		}
		Operators.terminate(UPSTREAM, this);
		if (!waiting) {
			cancelAnswer();
		}
	}

	private void cancelAnswer() {
		HeldBody body = this.held;
		if (body != null) {
			stopTimer();
			body.abandon();
			this.call.end(Outcomes.CANCELLED);
		}
		BodyWatch unread = this.watch;
		if (unread != null && !unread.isClaimed()) {
			this.call.end(Outcomes.CANCELLED);
		}
	}

	private void timeOut(TimeLimits.Deadline deadline) {
		if (PHASE.compareAndSet(this, WAITING, ENDED)) {
			Operators.terminate(UPSTREAM, this);
			this.owner.onFailure(this.call.end(Outcomes.timeout(null)),
					deadline.exceeded(this.call.permit().gate().target()));
		}
	}

	private void answer(ClientResponse response) {
		int status = response.statusCode().value();
		if (status >= 400) {
			holdError(response, head(response, status));
		}
		else if (status < 200 || status >= 300) {
			this.call.end(Outcomes.neutral(status));
			this.owner.onAnswer(response);
		}
		else if (this.bodiless || status == 204 || status == 205) {
			this.call.end(Outcomes.success(status));
			this.owner.onAnswer(response);
		}
		else {
			observe(response, head(response, status));
		}
	}

	private AnswerHead head(ClientResponse response, int status) {
		HttpHeaders headers = response.headers().asHttpHeaders();
		var target = this.call.permit().gate().target();
		String endpoint = (target.endpoint() != null) ? target.endpoint() : "unknown";
		return new AnswerHead(endpoint, target.model(), status, headers::getFirst, this.guard.clock());
	}

	private void observe(ClientResponse response, AnswerHead head) {
		BodyObserver observer = this.call.observe(head);
		BodyWatch watch = new BodyWatch(this.call, observer, head.status(), this.limits);
		if (observer != null && !watch.isStream()) {
			this.call.permit().answered();
		}
		if (this.holdRule.holds(response.headers().asHttpHeaders().getFirst(HttpHeaders.CONTENT_TYPE),
				watch.isStream())) {
			hold(response, watch);
			return;
		}
		this.watch = watch;
		if (this.cancelled) {
			cancelAnswer();
		}
		this.owner.onAnswer(new ObservedResponse(response, watch, this.guard.scheduler()));
	}

	private void hold(ClientResponse response, BodyWatch watch) {
		ClientResponse.Builder builder = response.mutate();
		builder
			.body((body) -> keep(HeldBody.ofAnswer(new ObservedBody(body, watch, this.guard.scheduler()), this.context,
					(size) -> watch.isSettled() || this.holdRule.mayPass(watch.isStream(), watch.hasContent(), size),
					(read) -> held(builder, watch, read))));
		start(this.held);
	}

	private void held(ClientResponse.Builder builder, BodyWatch watch, HeldBody body) {
		CallOutcome outcome = watch.outcome();
		if (outcome == null || outcome.kind() == OutcomeKind.SUCCESS) {
			this.owner.onAnswer(builder.build());
		}
		else {
			this.owner.onErrorAnswer(outcome, new HeldAnswer(builder.build(), body));
		}
	}

	private void holdError(ClientResponse response, AnswerHead head) {
		ClientResponse.Builder builder = response.mutate();
		builder.body((body) -> keep(
				HeldBody.ofError(body, this.context, HeldBody.ERROR_LIMIT, (read) -> heldError(builder, head, read))));
		HeldBody body = this.held;
		if (body != null) {
			this.timer = this.guard.scheduler()
				.schedule(body::hurry, ERROR_BODY_PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
		}
		start(body);
	}

	private void heldError(ClientResponse.Builder builder, AnswerHead head, HeldBody body) {
		stopTimer();
		CallOutcome outcome = this.call.answeredBadly(head, body.beginning(HeldBody.ERROR_LIMIT));
		this.owner.onErrorAnswer(outcome, new HeldAnswer(builder.build(), body));
	}

	private HeldBody keep(HeldBody body) {
		this.held = body;
		return body;
	}

	private void start(@Nullable HeldBody body) {
		if (this.cancelled) {
			cancelAnswer();
		}
		else if (body != null) {
			body.start();
		}
	}

	private void stopTimer() {
		Disposable running = this.timer;
		if (running != null) {
			running.dispose();
		}
	}

}
