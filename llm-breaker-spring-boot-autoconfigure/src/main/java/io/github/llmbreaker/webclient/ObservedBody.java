// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import io.github.llmbreaker.call.AnswerWatch;
import io.github.llmbreaker.call.Outcomes;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * The body of a good answer, observed by its first subscriber's side. Later ones, who
 * want to drain it, are not told from the original.
 */
final class ObservedBody extends Flux<DataBuffer> {

	private final Flux<DataBuffer> source;

	private final AnswerWatch watch;

	private final Scheduler scheduler;

	ObservedBody(Flux<DataBuffer> source, AnswerWatch watch, Scheduler scheduler) {
		this.source = source;
		this.watch = watch;
		this.scheduler = scheduler;
	}

	@Override
	public void subscribe(CoreSubscriber<? super DataBuffer> actual) {
		if (!this.watch.claim()) {
			subscribeAgain(actual);
			return;
		}
		boolean limited = this.watch.limits().limitBody(this.watch.isStream());
		CoreSubscriber<DataBuffer> observing = limited ? new LimitedBodySubscriber(actual, this.watch, this.scheduler)
				: new ObservedBodySubscriber(actual, this.watch);
		try {
			this.source.subscribe(observing);
		}
		catch (Throwable ex) {
			this.watch.call().end(Outcomes.LOCAL);
			Operators.reportThrowInSubscribe(observing, ex);
		}
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
