/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.llmbreaker.webclient;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.TargetGate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * One call: finds its target, asks for its permits and starts its attempt.
 */
final class GuardedSubscription implements Subscription, AttemptOwner {

	private static final Logger logger = LoggerFactory.getLogger(GuardedSubscription.class);

	private static final AtomicIntegerFieldUpdater<GuardedSubscription> STARTED = AtomicIntegerFieldUpdater
		.newUpdater(GuardedSubscription.class, "started");

	private final GuardedExchange exchange;

	private final CoreSubscriber<? super ClientResponse> actual;

	private final @Nullable CallPermit outer;

	private volatile int started;

	private volatile boolean cancelled;

	private volatile @Nullable SharedBody sharedBody;

	private volatile @Nullable Attempt attempt;

	private volatile @Nullable Passage passage;

	GuardedSubscription(GuardedExchange exchange, CoreSubscriber<? super ClientResponse> actual,
			@Nullable CallPermit outer) {
		this.exchange = exchange;
		this.actual = actual;
		this.outer = outer;
	}

	@Override
	public void request(long n) {
		if (Operators.validate(n) && STARTED.compareAndSet(this, 0, 1) && !this.cancelled) {
			findModel();
		}
	}

	@Override
	public void cancel() {
		this.cancelled = true;
		Attempt running = this.attempt;
		if (running != null) {
			running.cancel();
		}
		Passage unguarded = this.passage;
		if (unguarded != null) {
			unguarded.cancel();
		}
		abandonBody();
	}

	private void findModel() {
		ModelProbe probe = this.exchange.call().isModelInBody() ? ModelProbe.of(this.exchange.request())
				: ModelProbe.NOTHING;
		if (probe.deferred() == null) {
			start(probe.model());
			return;
		}
		SharedBody body = new SharedBody(probe.deferred(), ModelProbe.contentType(this.exchange.request()),
				this.actual.currentContext(), this::start);
		this.sharedBody = body;
		if (this.cancelled) {
			return;
		}
		body.start();
	}

	private void start(@Nullable String model) {
		if (this.cancelled) {
			return;
		}
		CallPermit permit;
		try {
			TargetGate gate = this.exchange.guard().registry().gate(this.exchange.call().target(model));
			permit = gate.acquire(this.outer);
		}
		catch (LlmCallRejectedException ex) {
			abandonBody();
			this.actual.onError(ex);
			return;
		}
		catch (RuntimeException ex) {
			logger.debug("A call passes unguarded because its breakers could not be asked", ex);
			pass();
			return;
		}
		attempt(permit);
	}

	private void pass() {
		Passage unguarded = new Passage(this.actual);
		this.passage = unguarded;
		this.exchange.next().exchange(request()).subscribe(unguarded);
	}

	private void attempt(CallPermit permit) {
		GuardedCall call = new GuardedCall(permit, this.exchange.call().provider().dialect());
		TimeLimits limits = TimeLimits.of(permit.gate().policy().timeouts(), permit.gate().policy().timeouts().total());
		Attempt running = new Attempt(this.exchange.guard(), call, limits, this, this.actual.currentContext());
		this.attempt = running;
		if (this.cancelled) {
			running.cancel();
			return;
		}
		running.start(request(), this.exchange.next());
	}

	private ClientRequest request() {
		ClientRequest request = this.exchange.request();
		SharedBody body = this.sharedBody;
		return (body != null) ? ClientRequest.from(request).body(new SharedBodyInserter(request.body(), body)).build()
				: request;
	}

	private void abandonBody() {
		SharedBody body = this.sharedBody;
		if (body != null) {
			body.abandon();
		}
	}

	@Override
	public void onAnswer(ClientResponse response) {
		abandonBody();
		this.actual.onNext(response);
		this.actual.onComplete();
	}

	@Override
	public void onErrorAnswer(CallOutcome outcome, HeldAnswer answer) {
		onAnswer(answer.response());
	}

	@Override
	public void onFailure(CallOutcome outcome, Throwable error) {
		abandonBody();
		this.actual.onError(error);
	}

}
