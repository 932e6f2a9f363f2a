// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call.reactive;

import io.github.llmbreaker.call.HoldRule;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

/**
 * An answer that is an error, with its body held back while it is not decided whether the
 * caller gets it.
 *
 * @param <A> the client's answer
 * @since 0.1.0
 */
public final class ReactiveAnswer<A> {

	private final ReactiveAnswers<A> answers;

	private A response;

	private HeldBody body;

	ReactiveAnswer(ReactiveAnswers<A> answers, A response, HeldBody body) {
		this.answers = answers;
		this.response = response;
		this.body = body;
	}

	/** Returns the answer as it came, for a caller who gets it at once. */
	public A response() {
		return this.response;
	}

	/**
	 * Keeps the answer while another attempt is made: it may have to be handed on after
	 * all. An error body is read on, so that it is whole and its connection free; a very
	 * long one stays at its connection. A good one has failed and ends with what was
	 * read.
	 */
	void keep() {
		if (this.body.isOver()) {
			return;
		}
		if (this.body.isReplayed()) {
			HeldBody rest = HeldBody.ofError(this.body, Context.empty(), HoldRule.MAX_KEPT_ERROR_BYTES);
			rest.start((read) -> {
			});
			replaceBody(rest);
			this.body = rest;
			return;
		}
		byte[] bytes = this.body.beginning(Integer.MAX_VALUE);
		this.body.abandon();
		replaceBody(Flux.defer(() -> Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(bytes.clone()))));
	}

	private void replaceBody(Flux<DataBuffer> other) {
		this.response = this.answers.withBody(this.response, (connected) -> other);
	}

	/** Nobody is going to get the answer. */
	void release() {
		this.body.abandon();
	}

	/**
	 * Returns the answer for the caller, whose exception names the other attempts, too.
	 * What of its body is not here yet comes later.
	 */
	A handOn(Throwable[] others) {
		this.body.hurry();
		return (others.length > 0) ? this.answers.suppressing(this.response, others) : this.response;
	}

}
