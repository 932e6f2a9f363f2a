// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.lang.reflect.Modifier;
import java.util.List;

import dev.langchain4j.model.audio.AudioTranscriptionModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.image.ImageModel;
import dev.langchain4j.model.language.LanguageModel;
import dev.langchain4j.model.moderation.ModerationModel;
import dev.langchain4j.model.scoring.ScoringModel;
import io.github.llmbreaker.langchain4j.UnretriedCallException;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Lets models throw what their calls have failed with, instead of what keeps LangChain4j
 * from making a call again.
 */
final class LangChain4jModelBeanPostProcessor implements BeanPostProcessor {

	private static final List<Class<?>> MODELS = List.of(ChatModel.class, StreamingChatModel.class,
			EmbeddingModel.class, LanguageModel.class, ImageModel.class, ModerationModel.class, ScoringModel.class,
			AudioTranscriptionModel.class);

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		return MODELS.stream().anyMatch((type) -> type.isInstance(bean)) ? guard(bean) : bean;
	}

	private Object guard(Object bean) {
		ProxyFactory proxy = new ProxyFactory(bean);
		// it may be injected by its class
		proxy.setProxyTargetClass(!Modifier.isFinal(bean.getClass().getModifiers()));
		proxy.addAdvice((MethodInterceptor) LangChain4jModelBeanPostProcessor::invoke);
		return proxy.getProxy(bean.getClass().getClassLoader());
	}

	private static @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		try {
			return invocation.proceed();
		}
		catch (UnretriedCallException ex) {
			throw ex.getFailure();
		}
	}

}
