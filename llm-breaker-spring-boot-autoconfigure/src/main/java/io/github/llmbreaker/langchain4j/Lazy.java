// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Something that is made when it is needed first.
 *
 * @param <T> its type
 */
final class Lazy<T> implements Supplier<T> {

	private final Supplier<T> maker;

	private volatile @Nullable T value;

	Lazy(Supplier<T> maker) {
		this.maker = maker;
	}

	@Override
	public T get() {
		T known = this.value;
		return (known != null) ? known : make();
	}

	private synchronized T make() {
		T made = this.value;
		if (made == null) {
			made = this.maker.get();
			this.value = made;
		}
		return made;
	}

}
