// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.lang.reflect.Modifier;
import java.lang.reflect.UndeclaredThrowableException;
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
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopConfigException;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Calls the models that are beans by way of what can be done for them.
 */
final class LangChain4jModelBeanPostProcessor implements BeanPostProcessor {

	private static final List<Class<?>> MODELS = List.of(ChatModel.class, StreamingChatModel.class,
			EmbeddingModel.class, LanguageModel.class, ImageModel.class, ModerationModel.class, ScoringModel.class,
			AudioTranscriptionModel.class);

	private final ObjectProvider<GuardedModels> models;

	LangChain4jModelBeanPostProcessor(ObjectProvider<GuardedModels> models) {
		this.models = models;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		return MODELS.stream().anyMatch((type) -> type.isInstance(bean)) ? guard(bean) : bean;
	}

	private Object guard(Object bean) {
		boolean extensible = !Modifier.isFinal(bean.getClass().getModifiers());
		try {
			return guard(bean, extensible);
		}
		catch (AopConfigException ex) {
			// such as a class without a visible constructor
			return guard(bean, false);
		}
	}

	private Object guard(Object bean, boolean extending) {
		ProxyFactory proxy = new ProxyFactory(bean);
		// it may be injected by its class
		proxy.setProxyTargetClass(extending);
		proxy.addAdvice((MethodInterceptor) (invocation) -> invoke(bean, invocation));
		return proxy.getProxy(bean.getClass().getClassLoader());
	}

	private @Nullable Object invoke(Object bean, MethodInvocation invocation) throws Throwable {
		return this.models.getObject()
			.call(bean, invocation.getMethod(), invocation.getArguments(), () -> proceed(invocation));
	}

	private static @Nullable Object proceed(MethodInvocation invocation) throws Exception {
		try {
			return invocation.proceed();
		}
		catch (Exception | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new UndeclaredThrowableException(ex);
		}
	}

}
