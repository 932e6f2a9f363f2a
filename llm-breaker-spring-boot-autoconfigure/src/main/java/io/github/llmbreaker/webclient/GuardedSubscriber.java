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

import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.provider.ClientFailures;
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
		this.permit.complete(this.arrived ? Outcomes.CANCELLED : Outcomes.cancelledBeforeAnything(this.permit, null));
		if (this.upstream != null) {
			this.upstream.cancel();
		}
	}

}
