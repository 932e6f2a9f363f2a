// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.springai;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Knows the models of Spring AI that are beans.
 *
 * @since 0.1.0
 */
public interface ModelSource {

	/**
	 * Returns whose model a bean is.
	 * @param bean the bean
	 * @return the provider's id; {@code null} if that is not known
	 */
	@Nullable String providerOf(ModelBean bean);

	/**
	 * Returns the models of one kind that can answer for a provider, as they are without
	 * us.
	 * @param type the kind, such as {@code ChatModel}
	 * @param provider the provider's id
	 * @param <T> the kind
	 * @return the models, the best first
	 */
	<T> List<T> of(Class<T> type, String provider);

	/**
	 * Whether the application itself has said which beans answer for a provider.
	 * @param provider the provider's id
	 * @return whether they are configured
	 */
	boolean isChosen(String provider);

}
