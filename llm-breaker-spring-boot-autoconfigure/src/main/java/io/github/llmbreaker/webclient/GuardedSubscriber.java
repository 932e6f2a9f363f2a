// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.call.Outcomes;
import io.github.llmbreaker.provider.thrown.ClientFailures;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Lets the answer of reactive code pass and reports how the call ended.
 *
 * @param <T> the type of the items
 */
final class GuardedSubscriber<T> implements CoreSubscriber<T>, Subscription {

	private final CoreSubscriber<? super T> actual;

	private final CallPermit permit;

	private final ClientFailures failures;

	private final boolean single;

	private final Context context;

	private @Nullable Subscription upstream;

	private volatile boolean arrived;

	GuardedSubscriber(CoreSubscriber<? super T> actual, CallPermit permit, ClientFailures failures, boolean single) {
		this.actual = actual;
		this.permit = permit;
		this.failures = failures;
		this.single = single;
		this.context = actual.currentContext().put(CallPermit.class, permit);
	}

	@Override
	public Context currentContext() {
		return this.context;
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		if (Operators.validate(this.upstream, subscription)) {
			this.upstream = subscription;
			this.actual.onSubscribe(this);
		}
	}

	@Override
	public void onNext(T item) {
		if (this.single) {
			this.permit.complete(Outcomes.SUCCESS);
		}
		else if (!this.arrived) {
			this.permit.contentStarted();
		}
		this.arrived = true;
		this.actual.onNext(item);
	}

	@Override
	public void onError(Throwable error) {
		this.permit.complete(this.failures.classify(error, this.permit.gate().target()));
		this.actual.onError(error);
	}

	@Override
	public void onComplete() {
		this.permit.complete(Outcomes.SUCCESS);
		this.actual.onComplete();
	}

	@Override
	public void request(long n) {
		if (this.upstream != null) {
			this.upstream.request(n);
		}
	}

	@Override
	public void cancel() {
		this.permit.complete(this.arrived ? Outcomes.CANCELLED : Outcomes.abandoned(this.permit, null));
		if (this.upstream != null) {
			this.upstream.cancel();
		}
	}

}
