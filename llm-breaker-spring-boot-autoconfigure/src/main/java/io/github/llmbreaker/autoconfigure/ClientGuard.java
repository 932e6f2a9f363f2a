// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

/**
 * Guards the HTTP clients of one kind that are inside of models of Spring AI.
 */
@FunctionalInterface
interface ClientGuard {

	/**
	 * Returns a guarded client that is otherwise the same.
	 * @param part a part of a model, such as its client
	 * @param bean the name of the bean that it is part of
	 * @return the same object if it is no client of this kind, or guarded already
	 */
	Object guarded(Object part, String bean);

}
