// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import io.github.llmbreaker.call.TimeLimits;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * The body of a good answer, observed by its first subscriber's side. Later ones, who
 * want to drain it, are not told from the original.
 */
final class ObservedBody extends Flux<DataBuffer> {

	private final Flux<DataBuffer> source;

	private final ExchangeGuard guard;

	private final BodyWatch watch;

	private final TimeLimits limits;

	ObservedBody(Flux<DataBuffer> source, ExchangeGuard guard, BodyWatch watch, TimeLimits limits) {
		this.source = source;
		this.guard = guard;
		this.watch = watch;
		this.limits = limits;
	}

	@Override
	public void subscribe(CoreSubscriber<? super DataBuffer> actual) {
		if (!this.watch.claim()) {
			subscribeAgain(actual);
			return;
		}
		BodyWatch watch = this.watch;
		boolean limited = this.limits.limitBody(watch.isStream());
		this.source.subscribe(limited ? new LimitedBodySubscriber(actual, watch, this.limits, this.guard.scheduler())
				: new ObservedBodySubscriber(actual, watch));
	}

	private void subscribeAgain(CoreSubscriber<? super DataBuffer> actual) {
		Throwable timeout = this.watch.timeout();
		if (timeout != null) {
			// What is still to come may never come.
			Operators.error(actual, timeout);
		}
		else {
			this.source.subscribe(actual);
		}
	}

}
