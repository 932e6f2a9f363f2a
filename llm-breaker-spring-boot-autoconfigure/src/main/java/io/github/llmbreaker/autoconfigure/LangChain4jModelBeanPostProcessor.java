// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.List;

import dev.langchain4j.model.audio.AudioTranscriptionModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.image.ImageModel;
import dev.langchain4j.model.language.LanguageModel;
import dev.langchain4j.model.moderation.ModerationModel;
import dev.langchain4j.model.scoring.ScoringModel;
import io.github.llmbreaker.langchain4j.GuardedModels;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.SmartInstantiationAwareBeanPostProcessor;

/**
 * Calls the models that are beans by way of what can be done for them.
 */
final class LangChain4jModelBeanPostProcessor implements SmartInstantiationAwareBeanPostProcessor {

	private static final List<Class<?>> MODELS = List.of(ChatModel.class, StreamingChatModel.class,
			EmbeddingModel.class, LanguageModel.class, ImageModel.class, ModerationModel.class, ScoringModel.class,
			AudioTranscriptionModel.class);

	private final ObjectProvider<GuardedModels> models;

	LangChain4jModelBeanPostProcessor(ObjectProvider<GuardedModels> models) {
		this.models = models;
	}

	@Override
	public Class<?> determineBeanType(Class<?> beanClass, String beanName) {
		return isModel(beanClass) ? ModelProxies.classOf(beanClass) : beanClass;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		return isModel(bean.getClass()) ? ModelProxies.around(bean, (invocation) -> this.models.getObject()
			.call(bean, invocation.getMethod(), invocation.getArguments(), () -> ModelProxies.proceed(invocation)))
				: bean;
	}

	private static boolean isModel(Class<?> type) {
		return MODELS.stream().anyMatch((kind) -> kind.isAssignableFrom(type));
	}

}
