// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Expects beans to answer for providers that a request can't be sent to, and stops the
 * application if at the end of its start there are none.
 */
final class ExpectedFallbackBeans implements SmartInitializingSingleton {

	private final ObjectProvider<FallbackBeans> beans;

	private final Map<String, RuntimeException> expected = new LinkedHashMap<>();

	ExpectedFallbackBeans(ObjectProvider<FallbackBeans> beans) {
		this.beans = beans;
	}

	/**
	 * Whether there may be beans that answer for a provider.
	 * @param otherwise what the start fails with if it turns out that there are none
	 */
	boolean mayAnswer(String provider, RuntimeException otherwise) {
		boolean may = this.beans.orderedStream().anyMatch((some) -> some.mayAnswer(provider));
		if (may) {
			this.expected.putIfAbsent(provider, otherwise);
		}
		return may;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.expected.forEach((provider, otherwise) -> {
			if (this.beans.orderedStream().noneMatch((some) -> some.answers(provider))) {
				throw otherwise;
			}
		});
	}

}
