// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import java.util.List;

/**
 * The models of an application that are beans.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ModelBeans {

	/**
	 * Returns the models of one kind that can answer for a provider.
	 * @param type the kind, such as {@code ChatModel}
	 * @param provider the provider's id
	 * @param <T> the kind
	 * @return the models, the best first
	 */
	<T> List<T> of(Class<T> type, String provider);

}
