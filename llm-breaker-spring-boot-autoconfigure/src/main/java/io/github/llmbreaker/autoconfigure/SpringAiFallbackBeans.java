// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.llmbreaker.provider.LlmProviders;
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
final class SpringAiFallbackBeans extends FallbackBeans implements ModelSource {

	private final LlmProviders providers;

	SpringAiFallbackBeans(ListableBeanFactory beanFactory, Map<String, List<String>> names, LlmProviders providers) {
		super(beanFactory, names, List.of(ChatModel.class, StreamingChatModel.class, EmbeddingModel.class));
		this.providers = providers;
	}

	@Override
	boolean isOf(Object model, String provider) {
		return provider.equals(providerOf(DecoratedModels.origin(ModelProxies.without(model))));
	}

	/** A model may have been given the address of somebody who speaks like its vendor. */
	@Override
	@Nullable Boolean isOf(Class<?> type, String provider) {
		String vendor = ModelVendors.of(type);
		if (vendor == null || vendor.equals(provider)) {
			return (vendor != null) ? true : null;
		}
		Optional<String> family = family(provider);
		return (family.isPresent() && family.equals(family(vendor))) ? null : false;
	}

	private Optional<String> family(String provider) {
		return this.providers.find(provider).map((found) -> found.dialect().family());
	}

	private @Nullable String providerOf(Object model) {
		return ModelVendors.of(model, this.providers);
	}

	/** They answer for others as they are without us, so that nobody answers for them. */
	@Override
	public <T> List<T> of(Class<T> type, String provider) {
		return super.of(type, provider).stream().map(ModelProxies::without).map(type::cast).toList();
	}

	@Override
	public @Nullable String providerOf(ModelBean bean) {
		return chosenFor(bean.name()).findFirst().orElseGet(() -> providerOf(bean.origin()));
	}

}
