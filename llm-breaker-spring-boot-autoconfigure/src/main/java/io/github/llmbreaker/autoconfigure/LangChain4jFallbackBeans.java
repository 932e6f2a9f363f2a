// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.List;
import java.util.Map;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import io.github.llmbreaker.langchain4j.ModelBeans;
import io.github.llmbreaker.langchain4j.ModelProviders;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;

/**
 * Finds models of LangChain4j.
 */
final class LangChain4jFallbackBeans extends FallbackBeans implements ModelBeans {

	LangChain4jFallbackBeans(ListableBeanFactory beanFactory, Map<String, List<String>> names) {
		super(beanFactory, names, List.of(ChatModel.class, StreamingChatModel.class));
	}

	@Override
	boolean isOf(Object model, String provider) {
		return ModelProviders.isOf(model, provider);
	}

	@Override
	@Nullable Boolean isOf(Class<?> type, String provider) {
		return null;
	}

}
