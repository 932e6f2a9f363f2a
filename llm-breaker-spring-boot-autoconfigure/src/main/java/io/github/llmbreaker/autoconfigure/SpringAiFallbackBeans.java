// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.List;
import java.util.Map;

import io.github.llmbreaker.springai.ModelBean;
import io.github.llmbreaker.springai.ModelSource;
import io.github.llmbreaker.springai.ModelVendors;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.beans.factory.ListableBeanFactory;

/**
 * Finds models of Spring AI.
 */
final class SpringAiFallbackBeans extends ModelBeanFinder implements ModelSource {

	SpringAiFallbackBeans(ListableBeanFactory beanFactory, Map<String, List<String>> names) {
		super(beanFactory, names, List.of(ChatModel.class, StreamingChatModel.class, EmbeddingModel.class));
	}

	@Override
	boolean isOf(Object model, String provider) {
		return provider.equals(ModelVendors.of(DecoratedModels.origin(ModelProxies.without(model)).getClass()));
	}

	@Override
	@Nullable Boolean isOf(Class<?> type, String provider) {
		String vendor = ModelVendors.of(type);
		return (vendor != null) ? vendor.equals(provider) : null;
	}

	/** They answer for others as they are without us, so that nobody answers for them. */
	@Override
	public <T> List<T> of(Class<T> type, String provider) {
		return super.of(type, provider).stream().map(ModelProxies::without).map(type::cast).toList();
	}

	@Override
	public @Nullable String providerOf(ModelBean bean) {
		return chosenFor(bean.name()).findFirst().orElseGet(() -> ModelVendors.of(bean.origin().getClass()));
	}

}
