// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Function;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.call.AnswerKind;
import io.github.llmbreaker.call.AnswerWatch;
import io.github.llmbreaker.call.HoldRule;
import io.github.llmbreaker.call.Outcomes;
import io.github.llmbreaker.call.Settlement;
import io.github.llmbreaker.call.TimeLimits;
import io.github.llmbreaker.call.reactive.CallContexts;
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
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * One request under one permit, until its answer is handed on.
 */
final class ExchangeAttempt implements CoreSubscriber<ClientResponse>, Disposable {

	private static final int WAITING = 0;

	private static final int ANSWERED = 1;

	private static final int ENDED = 2;

	private static final AtomicIntegerFieldUpdater<ExchangeAttempt> PHASE = AtomicIntegerFieldUpdater
		.newUpdater(ExchangeAttempt.class, "phase");

	private static final AtomicReferenceFieldUpdater<ExchangeAttempt, @Nullable Subscription> UPSTREAM = AtomicReferenceFieldUpdater
		.newUpdater(ExchangeAttempt.class, Subscription.class, "upstream");

	private final Scheduler scheduler;

	private final Settlement call;

	private final Owner owner;

	private final Context context;

	private volatile int phase;

	private volatile boolean cancelled;

	private volatile @Nullable Subscription upstream;

	private volatile @Nullable Disposable timer;

	private volatile @Nullable HeldBody held;

	private volatile @Nullable AnswerWatch watch;

	private String method = "";

	ExchangeAttempt(Settlement call, Scheduler scheduler, Owner owner, Context context) {
		this.call = call;
		this.scheduler = scheduler;
		this.owner = owner;
		this.context = CallContexts.inside(context, call.attempt());
	}

	void start(ClientRequest request, ExchangeFunction next) {
		this.method = request.method().name();
		try {
			limitHead();
			next.exchange(new SafeRequest(request, this)).subscribe(this);
		}
		catch (Throwable ex) {
			onError(ex);
		}
	}

	void writingFailed(Throwable failure) {
		onError(failure);
		Operators.terminate(UPSTREAM, this);
	}

	private void limitHead() {
		TimeLimits.Deadline deadline = this.call.attempt().limits().untilHead();
		if (deadline != null) {
			this.timer = this.scheduler.schedule(() -> timeOut(deadline), deadline.nanos(), TimeUnit.NANOSECONDS);
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
	public void onNext(ClientResponse response) {
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
			this.owner.onFailure(judged, deadline.exceeded(this.call.attempt().target()));
		}
	}

	private void answer(ClientResponse response) {
		int status;
		try {
			status = response.statusCode().value();
		}
		catch (RuntimeException ex) {
			fail(Outcomes.malformed(), ex);
			return;
		}
		switch (AnswerKind.of(this.method, status)) {
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

	private void handOn(ClientResponse response, CallOutcome outcome) {
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
			this.owner.onFailure(judged, failure);
		}
		return first;
	}

	private AnswerHead head(ClientResponse response, int status) {
		return this.call.head(status, response.headers().asHttpHeaders()::getFirst);
	}

	private void observe(ClientResponse response, AnswerHead head) {
		AnswerWatch watch = AnswerWatch.of(this.call, head);
		HoldRule rule = this.owner.holdRule();
		if (rule.holds(response.headers().asHttpHeaders().getFirst(HttpHeaders.CONTENT_TYPE), watch.isStream())) {
			hold(response, watch, rule);
			return;
		}
		this.watch = watch;
		if (this.cancelled) {
			cancelAnswer();
		}
		ObservedResponse observed = new ObservedResponse(response, watch, this.scheduler);
		if (isFirstToTell()) {
			this.owner.onAnswer(observed);
		}
	}

	private void hold(ClientResponse response, AnswerWatch watch, HoldRule rule) {
		ClientResponse.Builder builder = response.mutate();
		builder.body((body) -> keep(HeldBody.ofAnswer(new ObservedBody(body, watch, this.scheduler), this.context,
				(size) -> rule.mayPass(watch, size), (read) -> unlessItFails(() -> held(builder, watch, read)))));
		start(this.held);
	}

	private void held(ClientResponse.Builder builder, AnswerWatch watch, HeldBody body) {
		CallOutcome outcome = watch.outcome();
		ClientResponse answer = builder.build();
		if (!isFirstToTell()) {
			return;
		}
		if (outcome == null || outcome.kind() == OutcomeKind.SUCCESS) {
			this.owner.onAnswer(answer);
		}
		else {
			this.owner.onErrorAnswer(outcome, new AnswerException(answer, body));
		}
	}

	private void holdError(ClientResponse response, Function<byte[], CallOutcome> judgement) {
		ClientResponse.Builder builder = response.mutate();
		builder.body((body) -> keep(HeldBody.ofError(limited(body), this.context, HoldRule.MAX_ERROR_BYTES,
				(read) -> unlessItFails(() -> heldError(builder, judgement, read)))));
		HeldBody body = this.held;
		if (body != null) {
			this.timer = this.scheduler.schedule(body::hurry, HoldRule.ERROR_PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
		}
		start(body);
	}

	/** An error's body has to come within the total time, whoever waits for it. */
	private Flux<DataBuffer> limited(Flux<DataBuffer> body) {
		TimeLimits.Deadline deadline = this.call.attempt().limits().ofTotal();
		if (deadline == null) {
			return body;
		}
		Duration rest = Duration.ofNanos(Math.max(0, deadline.nanos() - this.call.permit().elapsedNanos()));
		return body.takeUntilOther(Mono.delay(rest, this.scheduler)
			.then(Mono.error(() -> deadline.exceeded(this.call.attempt().target()))));
	}

	private void heldError(ClientResponse.Builder builder, Function<byte[], CallOutcome> judgement, HeldBody body) {
		stopTimer();
		CallOutcome outcome = judgement.apply(body.beginning(HoldRule.MAX_ERROR_BYTES));
		ClientResponse answer = builder.build();
		if (isFirstToTell()) {
			this.owner.onErrorAnswer(outcome, new AnswerException(answer, body));
		}
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

	/**
	 * Told what became of the attempt: one of the methods that tell, once, unless the
	 * attempt was cancelled.
	 */
	interface Owner {

		/**
		 * Returns how long good answers are to be held back, now that one has arrived.
		 */
		HoldRule holdRule();

		/**
		 * A good answer has arrived, and is observed while it is read.
		 */
		void onAnswer(ClientResponse response);

		/**
		 * The provider has answered with an error.
		 * @param outcome how the attempt ended
		 * @param answer the answer
		 */
		void onErrorAnswer(CallOutcome outcome, AnswerException answer);

		/**
		 * There is no answer.
		 * @param outcome how the attempt ended
		 * @param error what the client says
		 */
		void onFailure(CallOutcome outcome, Throwable error);

	}

}
