// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.call.Attempt;
import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.call.HoldRule;
import io.github.llmbreaker.call.LlmCall;
import io.github.llmbreaker.call.Outcomes;
import io.github.llmbreaker.call.RequestRoutes;
import io.github.llmbreaker.call.Settlement;
import io.github.llmbreaker.call.reactive.AnswerOwner;
import io.github.llmbreaker.call.reactive.CallContexts;
import io.github.llmbreaker.call.reactive.ReactiveAnswer;
import io.github.llmbreaker.call.reactive.ReactiveAttempt;
import io.github.llmbreaker.call.reactive.ReactiveExchange;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Exceptions;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * One call of one caller: finds the target and starts what there is to do.
 */
final class GuardedSubscription implements Subscription, AnswerOwner<ClientResponse>,
		ReactiveAttempt.Sender<ClientResponse>, ReactiveExchange.Caller<ClientResponse> {

	private static final int CANCELLED = 2;

	private static final AtomicIntegerFieldUpdater<GuardedSubscription> STARTED = AtomicIntegerFieldUpdater
		.newUpdater(GuardedSubscription.class, "started");

	private static final AtomicIntegerFieldUpdater<GuardedSubscription> TOLD = AtomicIntegerFieldUpdater
		.newUpdater(GuardedSubscription.class, "told");

	private final GuardedExchange exchange;

	private final CoreSubscriber<? super ClientResponse> actual;

	private final @Nullable CallPermit outer;

	/** 0, 1 when there was a request, {@link #CANCELLED}. */
	private volatile int started;

	private volatile int told;

	private volatile @Nullable SharedBody sharedBody;

	private volatile @Nullable Disposable running;

	GuardedSubscription(GuardedExchange exchange, CoreSubscriber<? super ClientResponse> actual,
			@Nullable CallPermit outer) {
		this.exchange = exchange;
		this.actual = actual;
		this.outer = outer;
	}

	@Override
	public Context context() {
		return this.actual.currentContext();
	}

	@Override
	public void request(long n) {
		if (Operators.validate(n) && STARTED.compareAndSet(this, 0, 1)) {
			try {
				findModel();
			}
			catch (Throwable ex) {
				failOrThrow(ex);
			}
		}
	}

	/** Whatever is thrown on the way, the caller hears of it. */
	private void failOrThrow(Throwable failure) {
		if (!fail(failure)) {
			throw Exceptions.propagate(failure);
		}
	}

	@Override
	public void cancel() {
		this.started = CANCELLED;
		Disposable started = this.running;
		if (started != null) {
			started.dispose();
		}
		abandonBody();
	}

	private void findModel() {
		TargetGate planned = plannedGate();
		if (planned != null) {
			attempt(planned);
			return;
		}
		if (!this.exchange.call().isModelInBody()) {
			begin(null);
			return;
		}
		ModelProbe probe = ModelProbe.of(this.exchange.request());
		if (probe.deferred() == null) {
			begin(probe.model());
			return;
		}
		SharedBody body = new SharedBody(probe.deferred(), ModelProbe.contentType(this.exchange.request()), context(),
				this::startLater);
		this.sharedBody = body;
		if (this.started != CANCELLED) {
			body.start();
		}
	}

	private void startLater(@Nullable String model) {
		try {
			begin(model);
		}
		catch (Throwable ex) {
			failOrThrow(ex);
		}
	}

	private void begin(@Nullable String model) {
		if (this.started == CANCELLED) {
			return;
		}
		TargetGate gate = this.exchange.gate(model);
		if (gate == null) {
			pass();
		}
		else if (LlmCall.isRecoverable(gate) || this.exchange.guard().providers().standInFor(gate.target()) != null) {
			plan(gate);
		}
		else {
			attempt(gate);
		}
	}

	/**
	 * Returns the gate of the attempt that this is part of, when the same filter is there
	 * twice. What that attempt sends is not what the body says.
	 */
	private @Nullable TargetGate plannedGate() {
		TargetGate gate = (this.outer != null && ReactiveExchange.isInside(context())) ? this.outer.gate() : null;
		boolean same = gate != null && gate.target().providerId().equals(this.exchange.call().provider().id());
		return same ? gate : null;
	}

	private void pass() {
		Passage passage = new Passage(this.actual);
		if (run(passage)) {
			this.exchange.send(request()).subscribe(passage);
		}
	}

	private void plan(TargetGate gate) {
		CallGuard calls = this.exchange.guard();
		RequestRoutes routes = new RequestRoutes(calls.providers(), this.exchange.call(), this.exchange.request().url(),
				gate.target());
		LlmCall call = LlmCall.of(calls, gate, routes, this.outer).within(CallContexts.observation(context()));
		ReactiveExchange<ClientResponse> planned = new ReactiveExchange<>(call, routes,
				new AttemptRequests(this.exchange, body()), this.exchange.scheduler(), this);
		if (run(planned)) {
			planned.start();
		}
	}

	private void attempt(TargetGate gate) {
		Attempt admitted;
		try {
			admitted = Attempt.single(this.exchange.guard(), gate, this.outer, CallContexts.observation(context()));
		}
		catch (LlmCallRejectedException ex) {
			onError(ex);
			return;
		}
		try {
			start(admitted);
		}
		catch (Throwable ex) {
			admitted.end(Outcomes.LOCAL);
			throw ex;
		}
	}

	private void start(Attempt admitted) {
		if (!ReactiveExchange.isInside(context())) {
			this.exchange.trace(admitted.permit());
		}
		ReactiveAttempt<ClientResponse> attempt = new ReactiveAttempt<>(
				new Settlement(admitted, this.exchange.call().provider().dialect()), ClientAnswers.INSTANCE,
				this.exchange.scheduler(), this, context());
		if (run(attempt)) {
			attempt.start(this.exchange.request().method().name(), this);
		}
	}

	/**
	 * Remembers what is to be cancelled with this call.
	 */
	private boolean run(Disposable what) {
		this.running = what;
		if (this.started == CANCELLED) {
			what.dispose();
			return false;
		}
		return true;
	}

	private ClientRequest request() {
		ClientRequest request = this.exchange.request();
		return (this.sharedBody != null) ? ClientRequest.from(request).body(body()).build() : request;
	}

	private BodyInserter<?, ? super ClientHttpRequest> body() {
		BodyInserter<?, ? super ClientHttpRequest> original = this.exchange.request().body();
		SharedBody body = this.sharedBody;
		return (body != null) ? body.inserter(original) : original;
	}

	private void abandonBody() {
		SharedBody body = this.sharedBody;
		if (body != null) {
			body.abandon();
		}
	}

	@Override
	public Publisher<ClientResponse> send(ReactiveAttempt<ClientResponse> attempt) {
		return this.exchange.send(request(), attempt);
	}

	@Override
	public HoldRule holdRule() {
		return HoldRule.NONE;
	}

	@Override
	public void onAnswer(ClientResponse response) {
		if (TOLD.compareAndSet(this, 0, 1)) {
			abandonBody();
			this.actual.onNext(response);
			this.actual.onComplete();
		}
	}

	@Override
	public void onErrorAnswer(CallOutcome outcome, ReactiveAnswer<ClientResponse> answer) {
		onAnswer(answer.response());
	}

	@Override
	public void onFailure(CallOutcome outcome, Throwable error) {
		onError(error);
	}

	@Override
	public void onError(Throwable error) {
		if (!fail(error)) {
			Operators.onErrorDropped(error, context());
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

	/**
	 * Hands on the answer of an exchange that runs unguarded.
	 */
	private static final class Passage extends BaseSubscriber<ClientResponse> {

		private final CoreSubscriber<? super ClientResponse> actual;

		Passage(CoreSubscriber<? super ClientResponse> actual) {
			this.actual = actual;
		}

		@Override
		public Context currentContext() {
			return this.actual.currentContext();
		}

		@Override
		protected void hookOnNext(ClientResponse response) {
			this.actual.onNext(response);
		}

		@Override
		protected void hookOnError(Throwable error) {
			this.actual.onError(error);
		}

		@Override
		protected void hookOnComplete() {
			this.actual.onComplete();
		}

	}

}
