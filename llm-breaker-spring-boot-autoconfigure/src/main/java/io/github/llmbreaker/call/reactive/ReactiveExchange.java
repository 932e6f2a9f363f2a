// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call.reactive;

import java.net.URI;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.call.Attempt;
import io.github.llmbreaker.call.CallFinder;
import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.call.HeldAnswerException;
import io.github.llmbreaker.call.LlmCall;
import io.github.llmbreaker.call.Outcomes;
import io.github.llmbreaker.call.RequestRoute;
import io.github.llmbreaker.call.RequestRoutes;
import io.github.llmbreaker.call.Settlement;
import io.github.llmbreaker.provider.IdentifiedCall;
import io.github.llmbreaker.provider.LlmDialect;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/**
 * One call of one subscriber over a reactive HTTP client: finds the breakers and makes
 * attempts, one after the other, until one of them has an answer for the subscriber. A
 * client adds what it knows of its requests.
 *
 * @param <Q> the client's request
 * @param <A> the client's answer
 * @since 0.1.0
 */
public abstract class ReactiveExchange<Q, A> implements Subscription {

	private static final int CANCELLED = 2;

	@SuppressWarnings("rawtypes")
	private static final AtomicIntegerFieldUpdater<ReactiveExchange> STARTED = AtomicIntegerFieldUpdater
		.newUpdater(ReactiveExchange.class, "started");

	@SuppressWarnings("rawtypes")
	private static final AtomicIntegerFieldUpdater<ReactiveExchange> TOLD = AtomicIntegerFieldUpdater
		.newUpdater(ReactiveExchange.class, "told");

	private final CoreSubscriber<? super A> actual;

	private final @Nullable CallPermit outer;

	/** 0, 1 when there was a request, {@link #CANCELLED}. */
	private volatile int started;

	private volatile int told;

	private volatile @Nullable Disposable running;

	/** Set if something can come after a failed attempt. */
	private volatile @Nullable ReactivePlan<A> plan;

	/**
	 * Creates it.
	 * @param actual gets an answer or an error, once
	 */
	protected ReactiveExchange(CoreSubscriber<? super A> actual) {
		this.actual = actual;
		this.outer = CallContexts.outer(actual.currentContext());
	}

	/** Returns what finds the breakers. */
	protected abstract CallFinder finder();

	/** Returns where time limits are watched and retries start. */
	protected abstract Scheduler scheduler();

	/** Returns what the request is for. */
	protected abstract IdentifiedCall call();

	/** Returns where the request goes. */
	protected abstract URI url();

	/** Returns the method of the request. */
	protected abstract String method();

	/** Returns who knows the client's answers. */
	protected abstract ReactiveAnswers<A> answers();

	/** Asks the body for its model, which is {@link #found} then or later. */
	protected abstract void findModel();

	/**
	 * Makes a request.
	 * @param route where to, if another request may follow or has been before; {@code
	 * null} if this is the only one
	 */
	protected abstract Q request(@Nullable LlmTarget target, @Nullable RequestRoute route);

	/**
	 * Sends a request.
	 * @param attempt told if it {@linkplain ReactiveAttempt#writingFailed can't be
	 * written}; {@code null} if it is sent unguarded
	 */
	protected abstract Mono<A> send(Q request, @Nullable ReactiveAttempt<A> attempt);

	/** An attempt begins, and the application may want to know. */
	protected abstract void trace(CallPermit permit);

	/** Whether another request can be made: the body is not too long to be kept. */
	protected abstract boolean canRepeat();

	/** Whether the application itself has kept the request from being sent. */
	protected abstract boolean isUnsent(Throwable error);

	/** Nobody is going to send the body any more. */
	protected abstract void abandonBody();

	/** Returns the subscriber's context. */
	protected final Context context() {
		return this.actual.currentContext();
	}

	@Override
	public final void request(long n) {
		if (Operators.validate(n) && STARTED.compareAndSet(this, 0, 1)) {
			try {
				start();
			}
			catch (Throwable ex) {
				failOrThrow(ex);
			}
		}
	}

	@Override
	public final void cancel() {
		this.started = CANCELLED;
		ReactivePlan<A> planned = this.plan;
		if (planned != null) {
			planned.leave();
		}
		Disposable latest = this.running;
		if (latest != null) {
			latest.dispose();
		}
		abandonBody();
	}

	/** Whether the subscriber wants no more. */
	protected final boolean isCancelled() {
		return this.started == CANCELLED;
	}

	private void start() {
		TargetGate planned = plannedGate();
		if (planned != null) {
			attempt(planned);
		}
		else if (call().isModelInBody()) {
			findModel();
		}
		else {
			begin(null);
		}
	}

	/**
	 * Returns the gate of the attempt that this is part of, when the same filter is there
	 * twice. What that attempt sends is not what the body says.
	 */
	private @Nullable TargetGate plannedGate() {
		TargetGate gate = (this.outer != null && isInside()) ? this.outer.gate() : null;
		boolean same = gate != null && gate.target().providerId().equals(call().provider().id());
		return same ? gate : null;
	}

	/** Whether another plan would be one too many: it is an attempt of a planned call. */
	private boolean isInside() {
		return context().hasKey(ReactiveExchange.class);
	}

	/**
	 * The body has told its model.
	 * @param model the model; {@code null} if it names none
	 */
	protected final void found(@Nullable String model) {
		try {
			begin(model);
		}
		catch (Throwable ex) {
			failOrThrow(ex);
		}
	}

	private void begin(@Nullable String model) {
		if (isCancelled()) {
			return;
		}
		TargetGate gate = finder().gate(call(), model);
		if (gate == null) {
			pass();
		}
		else if (LlmCall.isRecoverable(gate) || guard().providers().standInFor(gate.target()) != null) {
			plan(gate);
		}
		else {
			attempt(gate);
		}
	}

	private CallGuard guard() {
		return finder().guard();
	}

	private void pass() {
		run(send(request(null, null), null).subscribe(this.actual::onNext, this.actual::onError,
				this.actual::onComplete, context()));
	}

	private void plan(TargetGate gate) {
		RequestRoutes routes = new RequestRoutes(guard().providers(), call(), url(), gate.target());
		LlmCall call = LlmCall.of(guard(), gate, routes, this.outer).within(CallContexts.observation(context()));
		ReactivePlan<A> planned = new ReactivePlan<>(this, call, routes);
		this.plan = planned;
		if (isCancelled()) {
			planned.leave();
		}
		planned.begin();
	}

	private void attempt(TargetGate gate) {
		Attempt admitted;
		try {
			admitted = Attempt.single(guard(), gate, this.outer, CallContexts.observation(context()));
		}
		catch (LlmCallRejectedException ex) {
			failOrDrop(ex);
			return;
		}
		try {
			if (!isInside()) {
				trace(admitted.permit());
			}
			start(admitted, call().provider().dialect(), null, context());
		}
		catch (Throwable ex) {
			admitted.end(Outcomes.LOCAL);
			throw ex;
		}
	}

	/** Makes an attempt of a call that is planned. */
	final void start(Attempt admitted, RequestRoute route) {
		trace(admitted.permit());
		start(admitted, route.dialect(), route, context().put(ReactiveExchange.class, this));
	}

	private void start(Attempt admitted, LlmDialect dialect, @Nullable RequestRoute route, Context context) {
		ReactiveAttempt<A> attempt = new ReactiveAttempt<>(new Settlement(admitted, dialect), this, context);
		if (!run(attempt)) {
			return;
		}
		Q request;
		try {
			request = request(admitted.target(), route);
		}
		catch (Throwable ex) {
			onFailure(admitted, admitted.end(Outcomes.LOCAL), ex);
			return;
		}
		try {
			attempt.limitHead();
			send(request, attempt).subscribe(attempt);
		}
		catch (Throwable ex) {
			attempt.onError(ex);
		}
	}

	/** Remembers what is to be cancelled with this call; whether to go on. */
	private boolean run(Disposable what) {
		this.running = what;
		if (isCancelled()) {
			what.dispose();
			return false;
		}
		return true;
	}

	/** A good answer has arrived, and is observed while it is read. */
	final void onAnswer(A response) {
		ReactivePlan<A> planned = this.plan;
		if (planned != null) {
			planned.over();
		}
		succeed(response);
	}

	/** The provider has answered with an error. */
	final void onErrorAnswer(Attempt attempt, CallOutcome outcome, ReactiveAnswer<A> answer) {
		ReactivePlan<A> planned = this.plan;
		if (planned != null) {
			planned.failed(attempt, outcome, new HeldAnswerException(answer, outcome));
		}
		else {
			succeed(answer.response());
		}
	}

	/** There is no answer. */
	final void onFailure(Attempt attempt, CallOutcome outcome, Throwable error) {
		ReactivePlan<A> planned = this.plan;
		if (planned != null) {
			planned.failed(attempt, outcome, error);
		}
		else {
			failOrDrop(error);
		}
	}

	final void succeed(A response) {
		if (TOLD.compareAndSet(this, 0, 1)) {
			abandonBody();
			this.actual.onNext(response);
			this.actual.onComplete();
		}
	}

	private boolean fail(Throwable error) {
		boolean first = TOLD.compareAndSet(this, 0, 1);
		if (first) {
			abandonBody();
			this.actual.onError(error);
		}
		return first;
	}

	final void failOrDrop(Throwable error) {
		if (!fail(error)) {
			Operators.onErrorDropped(error, context());
		}
	}

	/** Whatever is thrown on the way, the caller hears of it. */
	private void failOrThrow(Throwable failure) {
		if (!fail(failure)) {
			throw Exceptions.propagate(failure);
		}
	}

}
