// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call.reactive;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.call.AnswerKind;
import io.github.llmbreaker.call.AnswerWatch;
import io.github.llmbreaker.call.HoldRule;
import io.github.llmbreaker.call.Outcomes;
import io.github.llmbreaker.call.Settlement;
import io.github.llmbreaker.call.TimeLimits;
import io.github.llmbreaker.provider.AnswerHead;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * One request under one permit, until its answer is handed on.
 *
 * @param <A> the client's answer
 * @since 0.1.0
 */
public final class ReactiveAttempt<A> implements CoreSubscriber<A>, Disposable {

	private static final int WAITING = 0;

	private static final int ANSWERED = 1;

	private static final int ENDED = 2;

	@SuppressWarnings("rawtypes")
	private static final AtomicIntegerFieldUpdater<ReactiveAttempt> PHASE = AtomicIntegerFieldUpdater
		.newUpdater(ReactiveAttempt.class, "phase");

	@SuppressWarnings("rawtypes")
	private static final AtomicReferenceFieldUpdater<ReactiveAttempt, @Nullable Subscription> UPSTREAM = AtomicReferenceFieldUpdater
		.newUpdater(ReactiveAttempt.class, Subscription.class, "upstream");

	private final Settlement call;

	/** Told what becomes of it, once, unless it was cancelled. */
	private final ReactiveExchange<?, A> owner;

	private final Context context;

	private volatile int phase;

	private volatile boolean cancelled;

	private volatile @Nullable Subscription upstream;

	private volatile @Nullable Disposable timer;

	private volatile @Nullable HeldBody held;

	private volatile @Nullable AnswerWatch watch;

	ReactiveAttempt(Settlement call, ReactiveExchange<?, A> owner, Context context) {
		this.call = call;
		this.owner = owner;
		this.context = CallContexts.inside(context, call.attempt());
	}

	/** The request could not be written, and the client is not going to say so. */
	public void writingFailed(Throwable failure) {
		onError(failure);
		Operators.terminate(UPSTREAM, this);
	}

	/** The request is going to be sent. */
	void limitHead() {
		TimeLimits.Deadline deadline = this.call.attempt().limits().untilHead();
		if (deadline != null) {
			this.timer = scheduler().schedule(() -> timeOut(deadline), deadline.nanos(), TimeUnit.NANOSECONDS);
			if (this.phase != WAITING) {
				stopTimer();
			}
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
	public void onNext(A response) {
		if (PHASE.compareAndSet(this, WAITING, ANSWERED)) {
			stopTimer();
			try {
				answer(response);
			}
			catch (Throwable ex) {
				failOrThrow(ex);
			}
		}
		else {
			Operators.onNextDropped(response, this.context);
		}
	}

	@Override
	public void onError(Throwable error) {
		if (PHASE.compareAndSet(this, WAITING, ENDED)) {
			stopTimer();
			tellFailure(this.call.failed(error), error);
		}
		else {
			Operators.onErrorDropped(error, this.context);
		}
	}

	@Override
	public void onComplete() {
		if (PHASE.compareAndSet(this, WAITING, ENDED)) {
			stopTimer();
			tellFailure(this.call.end(Outcomes.LOCAL),
					new IllegalStateException("The underlying HTTP client completed without emitting a response."));
		}
	}

	/** The caller does not want the answer, or nothing more of it. */
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
			if (body.abandon()) {
				this.call.end(Outcomes.CANCELLED);
			}
		}
		AnswerWatch unread = this.watch;
		if (unread != null && !unread.isClaimed()) {
			this.call.end(Outcomes.CANCELLED);
		}
	}

	private void timeOut(TimeLimits.Deadline deadline) {
		if (PHASE.compareAndSet(this, WAITING, ENDED)) {
			// what the end cancels further inside must not be heard first
			CallOutcome judged = this.call.end(Outcomes.timeout(null));
			Operators.terminate(UPSTREAM, this);
			tellFailure(judged, deadline.exceeded(this.call.attempt().target()));
		}
	}

	private void answer(A response) {
		int status;
		try {
			status = answers().status(response);
		}
		catch (RuntimeException ex) {
			fail(Outcomes.malformed(), ex);
			return;
		}
		switch (AnswerKind.of(this.owner.method(), status)) {
			case GOOD -> observe(response, head(response, status));
			case BODILESS -> handOn(response, Outcomes.success(status));
			case NEUTRAL -> handOn(response, Outcomes.neutral(status));
			case DIVERTED -> holdError(response, (body) -> this.call.end(Outcomes.diverted(status)));
			case ERROR -> {
				AnswerHead head = head(response, status);
				holdError(response, (body) -> this.call.answeredBadly(head, body));
			}
		}
	}

	private ReactiveAnswers<A> answers() {
		return this.owner.answers();
	}

	private Scheduler scheduler() {
		return this.owner.scheduler();
	}

	private void tellFailure(CallOutcome outcome, Throwable failure) {
		this.owner.onFailure(this.call.attempt(), outcome, failure);
	}

	private void tellError(CallOutcome outcome, A answer, HeldBody body) {
		if (isFirstToTell()) {
			this.owner.onErrorAnswer(this.call.attempt(), outcome, new ReactiveAnswer<>(answers(), answer, body));
		}
	}

	private void handOn(A response, CallOutcome outcome) {
		this.call.end(outcome);
		if (isFirstToTell()) {
			this.owner.onAnswer(response);
		}
	}

	/** The owner is told once, whatever is thrown by whom. */
	private boolean isFirstToTell() {
		return PHASE.compareAndSet(this, ANSWERED, ENDED);
	}

	/** What goes wrong while an answer is handled ends the call instead of leaving it. */
	private void failOrThrow(Throwable failure) {
		if (!fail(Outcomes.LOCAL, failure)) {
			throw Exceptions.propagate(failure);
		}
	}

	private void unlessItFails(Runnable step) {
		try {
			step.run();
		}
		catch (Throwable ex) {
			failOrThrow(ex);
		}
	}

	private boolean fail(CallOutcome outcome, Throwable failure) {
		CallOutcome judged = this.call.end(outcome);
		boolean first = isFirstToTell();
		if (first) {
			Operators.terminate(UPSTREAM, this);
			tellFailure(judged, failure);
		}
		return first;
	}

	private AnswerHead head(A response, int status) {
		return this.call.head(status, answers().headers(response));
	}

	private void observe(A response, AnswerHead head) {
		AnswerWatch watch = AnswerWatch.of(this.call, head);
		HoldRule rule = this.owner.canRepeat() ? this.call.attempt().holdRule() : HoldRule.NONE;
		if (rule.holds(head.headers().first("content-type"), watch.isStream())) {
			hold(response, watch, rule);
			return;
		}
		this.watch = watch;
		if (this.cancelled) {
			cancelAnswer();
		}
		A observed = answers().observed(response, watch, scheduler());
		if (isFirstToTell()) {
			this.owner.onAnswer(observed);
		}
	}

	private void hold(A response, AnswerWatch watch, HoldRule rule) {
		A answer = answers().withBody(response, (body) -> keep(HeldBody
			.ofAnswer(new ObservedBody(body, watch, scheduler()), this.context, (size) -> rule.mayPass(watch, size))));
		start(this.held, (read) -> held(answer, watch, read));
	}

	private void held(A answer, AnswerWatch watch, HeldBody body) {
		CallOutcome outcome = watch.outcome();
		if (outcome != null && outcome.kind() != OutcomeKind.SUCCESS) {
			tellError(outcome, answer, body);
		}
		else if (isFirstToTell()) {
			this.owner.onAnswer(answer);
		}
	}

	private void holdError(A response, Function<byte[], CallOutcome> judgement) {
		A answer = answers().withBody(response,
				(body) -> keep(HeldBody.ofError(limited(body), this.context, HoldRule.MAX_ERROR_BYTES)));
		HeldBody body = this.held;
		if (body != null) {
			this.timer = scheduler().schedule(body::hurry, HoldRule.ERROR_PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
		}
		start(body, (read) -> heldError(answer, judgement, read));
	}

	/** An error's body has to come within the total time, whoever waits for it. */
	private Flux<DataBuffer> limited(Flux<DataBuffer> body) {
		TimeLimits.Deadline deadline = this.call.attempt().limits().ofTotal();
		if (deadline == null) {
			return body;
		}
		Duration rest = Duration.ofNanos(Math.max(0, deadline.nanos() - this.call.permit().elapsedNanos()));
		return body.takeUntilOther(
				Mono.delay(rest, scheduler()).then(Mono.error(() -> deadline.exceeded(this.call.attempt().target()))));
	}

	private void heldError(A answer, Function<byte[], CallOutcome> judgement, HeldBody body) {
		stopTimer();
		tellError(judgement.apply(body.beginning(HoldRule.MAX_ERROR_BYTES)), answer, body);
	}

	private HeldBody keep(HeldBody body) {
		this.held = body;
		return body;
	}

	private void start(@Nullable HeldBody body, Consumer<HeldBody> ready) {
		if (this.cancelled) {
			cancelAnswer();
		}
		else if (body != null) {
			body.start((read) -> unlessItFails(() -> ready.accept(read)));
		}
	}

	private void stopTimer() {
		Disposable running = this.timer;
		if (running != null) {
			running.dispose();
		}
	}

}
