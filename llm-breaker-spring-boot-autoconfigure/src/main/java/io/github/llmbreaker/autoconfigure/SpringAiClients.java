// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ReflectionUtils;

/**
 * Guards the HTTP clients inside of models that are beans, also of those that the
 * application has built on a client of its own, or put something around.
 */
final class SpringAiClients implements BeanPostProcessor, BeanFactoryAware, SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(SpringAiClients.class);

	private static final String PACKAGE = "org.springframework.ai.";

	private static final int MAX_OBJECTS = 200;

	private final ObjectProvider<ClientGuard> guards;

	private @Nullable ConfigurableListableBeanFactory factory;

	SpringAiClients(ObjectProvider<ClientGuard> guards) {
		this.guards = guards;
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		this.factory = (ConfigurableListableBeanFactory) beanFactory;
	}

	/** Some beans are made before there are post-processors. */
	@Override
	public void afterSingletonsInstantiated() {
		ConfigurableListableBeanFactory beans = this.factory;
		if (beans == null) {
			return;
		}
		for (String name : beans.getSingletonNames()) {
			Object bean = beans.getSingleton(name);
			Object model = (bean instanceof SpringAiModelFactory maker) ? maker.known() : bean;
			if (model != null) {
				postProcessBeforeInitialization(model, name);
			}
		}
	}

	/** Before there can be a proxy around the bean. */
	@Override
	public Object postProcessBeforeInitialization(Object bean, String beanName) {
		if (DecoratedModels.isModel(bean)) {
			// a bean that is behind another one has its name and a number
			String name = beanName.split("#", 2)[0];
			DecoratedModels.vendors(bean).forEach((model) -> guard(model, name));
		}
		return bean;
	}

	private void guard(Object model, String beanName) {
		guarded(model, beanName);
		Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		Deque<Object> open = new ArrayDeque<>();
		open.add(model);
		while (!open.isEmpty() && seen.size() < MAX_OBJECTS) {
			Object next = open.poll();
			if (seen.add(next)) {
				visit(next, open, beanName);
			}
		}
	}

	private void visit(Object holder, Deque<Object> open, String beanName) {
		ReflectionUtils.doWithFields(holder.getClass(), (field) -> visit(holder, field, open, beanName),
				(field) -> DecoratedModels.isReference(field)
						&& field.getDeclaringClass().getName().startsWith(PACKAGE));
	}

	private void visit(Object holder, Field field, Deque<Object> open, String beanName) {
		try {
			field.setAccessible(true);
			Object value = field.get(holder);
			if (value == null) {
				return;
			}
			Object guarded = guarded(value, beanName);
			if (guarded != value) {
				field.set(holder, guarded);
				logger.debug("A client of '{}' that was built without Spring Boot is guarded: {}", beanName, field);
			}
			else if (value.getClass().getName().startsWith(PACKAGE)) {
				open.add(value);
			}
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			logger
				.warn("""
						The calls of '{}' may not be guarded, because its field '{}' is closed to us ({}). Build it with the 					RestClient.Builder and WebClient.Builder that Spring Boot provides.""",
						beanName, field.getName(), ex.getClass().getSimpleName());
		}
	}

	private Object guarded(Object part, String beanName) {
		Object guarded = part;
		for (ClientGuard guard : this.guards) {
			guarded = guard.guarded(guarded, beanName);
		}
		return guarded;
	}

}
