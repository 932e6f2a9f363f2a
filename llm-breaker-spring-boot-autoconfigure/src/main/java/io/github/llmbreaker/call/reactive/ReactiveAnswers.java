// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call.reactive;

import java.util.function.UnaryOperator;

import io.github.llmbreaker.call.AnswerWatch;
import io.github.llmbreaker.provider.HeaderLookup;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * What a reactive HTTP client knows of its answers.
 *
 * @param <A> the client's answer
 * @since 0.1.0
 */
public interface ReactiveAnswers<A> {

	/** Returns the status. */
	int status(A answer);

	/** Returns the headers. */
	HeaderLookup headers(A answer);

	/** Returns the answer with another body. */
	A withBody(A answer, UnaryOperator<Flux<DataBuffer>> change);

	/**
	 * Returns the answer with an {@linkplain ObservedBody observed body}.
	 * @param watch who watches it, and is told if nobody is going to read it
	 */
	A observed(A answer, AnswerWatch watch, Scheduler scheduler);

	/**
	 * Returns an answer that is an error, whose exception has others suppressed.
	 * @return the same answer
	 */
	A suppressing(A answer, Throwable[] others);

}
