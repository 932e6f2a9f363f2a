// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import io.github.llmbreaker.langchain4j.ModelBeans;
import io.github.llmbreaker.langchain4j.ModelProviders;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Finds models of LangChain4j by their provider, or by the names that are configured.
 */
final class LangChain4jFallbackBeans implements FallbackBeans, ModelBeans, SmartInitializingSingleton {

	private final ListableBeanFactory beanFactory;

	private final Map<String, List<String>> names;

	private final Map<String, Supplier<? extends RuntimeException>> expected = new LinkedHashMap<>();

	LangChain4jFallbackBeans(ListableBeanFactory beanFactory, Map<String, List<String>> names) {
		this.beanFactory = beanFactory;
		this.names = names;
	}

	/** Which provider a model is of can't be told before it has been made. */
	@Override
	public boolean mayAnswer(String provider, Supplier<? extends RuntimeException> otherwise) {
		this.expected.putIfAbsent(provider, otherwise);
		return isAny(ChatModel.class) || isAny(StreamingChatModel.class);
	}

	private boolean isAny(Class<?> type) {
		return this.beanFactory.getBeanNamesForType(type, true, false).length > 0;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.expected.forEach((provider, otherwise) -> {
			if (of(ChatModel.class, provider).isEmpty() && of(StreamingChatModel.class, provider).isEmpty()) {
				throw otherwise.get();
			}
		});
	}

	@Override
	public <T> List<T> of(Class<T> type, String provider) {
		List<String> given = this.names.get(provider);
		if (given != null) {
			return given.stream()
				.filter((name) -> this.beanFactory.isTypeMatch(name, type))
				.map((name) -> this.beanFactory.getBean(name, type))
				.toList();
		}
		return this.beanFactory.getBeanProvider(type)
			.orderedStream()
			.filter((model) -> ModelProviders.isOf(model, provider))
			.toList();
	}

}
