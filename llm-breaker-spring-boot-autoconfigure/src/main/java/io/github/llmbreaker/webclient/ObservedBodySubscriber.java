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

	private final BodyWatch watch;

	private @Nullable Subscription upstream;

	ObservedBodySubscriber(CoreSubscriber<? super DataBuffer> actual, BodyWatch watch) {
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
		this.watch.see(buffer);
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
			this.upstream.request(n);
		}
	}

	@Override
	public void cancel() {
		this.watch.cancel();
		if (this.upstream != null) {
			this.upstream.cancel();
		}
	}

}
