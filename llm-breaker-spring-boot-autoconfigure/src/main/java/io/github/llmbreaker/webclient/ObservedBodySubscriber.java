// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import io.github.llmbreaker.call.AnswerWatch;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * Lets a body pass and watches it.
 */
final class ObservedBodySubscriber implements CoreSubscriber<DataBuffer>, Subscription {

	private final CoreSubscriber<? super DataBuffer> actual;

	private final AnswerWatch watch;

	private @Nullable Subscription upstream;

	private volatile boolean asked;

	ObservedBodySubscriber(CoreSubscriber<? super DataBuffer> actual, AnswerWatch watch) {
		this.actual = actual;
		this.watch = watch;
	}

	@Override
	public Context currentContext() {
		return this.actual.currentContext();
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		if (Operators.validate(this.upstream, subscription)) {
			this.upstream = subscription;
			this.actual.onSubscribe(this);
		}
	}

	@Override
	public void onNext(DataBuffer buffer) {
		BufferBytes.show(buffer, this.watch);
		this.actual.onNext(buffer);
	}

	@Override
	public void onError(Throwable error) {
		this.watch.fail(error);
		this.actual.onError(error);
	}

	@Override
	public void onComplete() {
		this.watch.complete();
		this.actual.onComplete();
	}

	@Override
	public void request(long n) {
		if (this.upstream != null) {
			if (!this.asked) {
				this.asked = true;
			}
			this.upstream.request(n);
		}
	}

	@Override
	public void cancel() {
		this.watch.cancel(this.asked);
		if (this.upstream != null) {
			this.upstream.cancel();
		}
	}

}
