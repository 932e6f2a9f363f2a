// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.springai;

import io.github.llmbreaker.call.Unchecked;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;

/**
 * Lets the same embedding model at another provider answer. Another model's vectors would
 * fit neither in length nor in meaning to those that the application has stored, so it
 * answers only if the application has chosen its bean.
 */
final class EmbeddingCalls {

	private final ModelFallbacks fallbacks;

	/**
	 * Creates it.
	 * @param fallbacks knows who answers instead
	 */
	EmbeddingCalls(ModelFallbacks fallbacks) {
		this.fallbacks = fallbacks;
	}

	/**
	 * Returns what another model answers after a call has failed; throws what it has
	 * failed with if none does.
	 */
	Object answer(ModelBean bean, EmbeddingCall asked, RuntimeException error) {
		ModelFailure<EmbeddingModel> failure = this.fallbacks.failure(bean, () -> modelOf(bean, asked), error,
				EmbeddingModel.class);
		ModelFallback<EmbeddingModel> next = failure.next();
		while (next != null) {
			try {
				return asked.ask(next.model(), String.valueOf(next.target().model()));
			}
			catch (RuntimeException ex) {
				failure.add(next, ex);
				next = failure.next();
			}
		}
		throw Unchecked.rethrow(failure.error());
	}

	private static @Nullable String modelOf(ModelBean bean, EmbeddingCall asked) {
		EmbeddingOptions options = asked.options();
		return (options != null && options.getModel() != null) ? options.getModel()
				: ModelSettings.model(bean.origin());
	}

}
