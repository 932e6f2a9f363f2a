// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;

/**
 * Finds the models of a library that answer for a provider which a request can't be sent
 * to: by whose they are, or by the names that are configured.
 */
abstract class FallbackBeans {

	private final ListableBeanFactory beanFactory;

	/** By provider, where the beans are not to be found by it. */
	private final Map<String, List<String>> names;

	/** Of models that can answer for others. */
	private final Collection<Class<?>> kinds;

	FallbackBeans(ListableBeanFactory beanFactory, Map<String, List<String>> names, Collection<Class<?>> kinds) {
		this.beanFactory = beanFactory;
		this.names = names;
		this.kinds = kinds;
	}

	/**
	 * Whether a model is one of a provider.
	 */
	abstract boolean isOf(Object model, String provider);

	/**
	 * Whether models of a class are those of a provider; {@code null} if that can't be
	 * told before one has been made.
	 */
	abstract @Nullable Boolean isOf(Class<?> type, String provider);

	/**
	 * Whether there may be one: a fallback to the provider is no mistake as far as is
	 * known. Makes no bean.
	 */
	boolean mayAnswer(String provider) {
		return this.names.containsKey(provider)
				|| types().anyMatch((type) -> !Boolean.FALSE.equals(isOf(type, provider)));
	}

	/**
	 * Whether there is one. Makes beans if need be.
	 */
	boolean answers(String provider) {
		return types().anyMatch((type) -> Boolean.TRUE.equals(isOf(type, provider)))
				|| this.kinds.stream().anyMatch((kind) -> !of(kind, provider).isEmpty());
	}

	private Stream<Class<?>> types() {
		return this.kinds.stream()
			.flatMap((kind) -> Arrays.stream(this.beanFactory.getBeanNamesForType(kind, true, false)))
			.map((name) -> this.beanFactory.getType(name, false))
			.filter(Objects::nonNull)
			.map(Objects::requireNonNull);
	}

	/**
	 * Returns the models of one kind that can answer for a provider, the best first.
	 */
	public <T> List<T> of(Class<T> type, String provider) {
		List<String> given = this.names.get(provider);
		if (given != null) {
			return given.stream()
				.filter((name) -> this.beanFactory.isTypeMatch(name, type))
				.map((name) -> this.beanFactory.getBean(name, type))
				.toList();
		}
		return this.beanFactory.getBeanProvider(type)
			.orderedStream((declared) -> !Boolean.FALSE.equals(isOf(declared, provider)))
			.filter((model) -> isOf(model, provider))
			.toList();
	}

	/**
	 * Returns the providers that a bean is configured to answer for.
	 */
	Stream<String> chosenFor(String bean) {
		return this.names.entrySet().stream().filter((entry) -> entry.getValue().contains(bean)).map(Map.Entry::getKey);
	}

	/**
	 * Whether beans are configured to answer for a provider.
	 */
	public boolean isChosen(String provider) {
		return this.names.containsKey(provider);
	}

}
