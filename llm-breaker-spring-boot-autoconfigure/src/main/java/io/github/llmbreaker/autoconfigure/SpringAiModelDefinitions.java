// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.util.ClassUtils;

/**
 * Finds the models that no proxy can be made of which is of their class: it is final, as
 * that of most chat models of Spring AI is, or not known before they are made.
 */
final class SpringAiModelDefinitions implements BeanDefinitionRegistryPostProcessor, PriorityOrdered {

	/**
	 * The kinds for which there is something to do: others can't answer for each other,
	 * and no SDK wraps a rejection of their calls.
	 */
	private static final List<Class<?>> KINDS = kinds();

	/** Transcriptions that stream came with Spring AI 2.0.1. */
	private static final String STREAMING_TRANSCRIPTION = "org.springframework.ai.audio.transcription.StreamingTranscriptionModel";

	private static List<Class<?>> kinds() {
		ClassLoader loader = SpringAiModelDefinitions.class.getClassLoader();
		List<Class<?>> kinds = new ArrayList<>(List.of(ChatModel.class, StreamingChatModel.class));
		if (ClassUtils.isPresent(STREAMING_TRANSCRIPTION, loader)) {
			kinds.add(ClassUtils.resolveClassName(STREAMING_TRANSCRIPTION, loader));
		}
		return kinds;
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		// ahead of time nothing is to be written down: this is done again at the start
		if (Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)
				|| !(registry instanceof DefaultListableBeanFactory factory)) {
			return;
		}
		for (String name : registry.getBeanDefinitionNames()) {
			Class<?> type = type(factory, name);
			if (type != null && registry.getBeanDefinition(name) instanceof AbstractBeanDefinition definition) {
				AbstractBeanDefinition own = definition.cloneBeanDefinition();
				// what comes of it has been post-processed by itself
				definition.setSynthetic(true);
				factory.registerSingleton(name, new SpringAiModelFactory(factory, name, own, type));
			}
		}
		factory.clearMetadataCache();
	}

	private static @Nullable Class<?> type(DefaultListableBeanFactory factory, String name) {
		BeanDefinition definition = factory.getBeanDefinition(name);
		boolean plain = !definition.isAbstract() && (definition.isSingleton() || definition.isPrototype())
				&& !ScopedProxyUtils.isScopedTarget(name);
		Class<?> type = plain ? factory.getType(name, false) : null;
		if (type == null || KINDS.stream().noneMatch((kind) -> kind.isAssignableFrom(type))) {
			return null;
		}
		boolean closed = type.isInterface() || Modifier.isFinal(type.getModifiers());
		return (closed && !factory.isFactoryBean(name) && !factory.containsSingleton(name)) ? type : null;
	}

}
