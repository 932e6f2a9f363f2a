// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import java.io.Serial;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.NonRetriableException;
import io.github.llmbreaker.LlmCallRejectedException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps LangChain4j from making a call again that a breaker has rejected, or that has
 * been retried already as its policy says. Models that are beans throw what is
 * {@linkplain #getFailure() inside} instead.
 *
 * @since 0.1.0
 */
public class UnretriedCallException extends NonRetriableException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final RuntimeException failure;

	/**
	 * Creates an exception.
	 * @param failure what the call has failed with
	 */
	public UnretriedCallException(RuntimeException failure) {
		super(describe(failure), isOfAnswer(failure) ? null : failure);
		this.failure = failure;
		if (getCause() == null) {
			// as a cause LangChain4j would find it, and make the call again
			addSuppressed(failure);
		}
	}

	/**
	 * Returns what the call has failed with.
	 * @return a {@link LlmCallRejectedException} if a breaker has rejected it; otherwise
	 * what LangChain4j would have thrown
	 */
	public RuntimeException getFailure() {
		return this.failure;
	}

	private static @Nullable String describe(RuntimeException failure) {
		for (Throwable link = failure; link != null; link = link.getCause()) {
			if (link instanceof HttpException answer) {
				return "HTTP " + answer.statusCode();
			}
		}
		return failure.getMessage();
	}

	private static boolean isOfAnswer(RuntimeException failure) {
		Throwable root = failure;
		while (root.getCause() != null && root.getCause() != root) {
			root = root.getCause();
		}
		return root instanceof HttpException;
	}

}
