// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

import io.github.llmbreaker.springai.GuardedModelCalls;
import io.github.llmbreaker.springai.ModelBean;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.scope.ScopedObject;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.SmartInstantiationAwareBeanPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;

/**
 * Calls the models that are beans by way of what can be done for them. Those that no
 * proxy can be made of which is of their class are left to a
 * {@link SpringAiModelFactory}.
 */
final class SpringAiModelBeanPostProcessor implements SmartInstantiationAwareBeanPostProcessor, BeanFactoryAware {

	private final ObjectProvider<GuardedModelCalls> calls;

	private @Nullable ConfigurableListableBeanFactory factory;

	SpringAiModelBeanPostProcessor(ObjectProvider<GuardedModelCalls> calls) {
		this.calls = calls;
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		this.factory = (ConfigurableListableBeanFactory) beanFactory;
	}

	/**
	 * Returns a model whose calls are guarded.
	 */
	static Object guard(String name, Object model, ObjectProvider<GuardedModelCalls> calls) {
		ModelBean bean = new ModelBean(name, model, DecoratedModels.origin(model));
		return ModelProxies.around(model, (invocation) -> calls.getObject()
			.call(bean, invocation.getMethod(), invocation.getArguments(), () -> ModelProxies.proceed(invocation)));
	}

	@Override
	public Class<?> determineBeanType(Class<?> beanClass, String beanName) {
		boolean closed = beanClass.isInterface() || Modifier.isFinal(beanClass.getModifiers());
		return (DecoratedModels.isModelType(beanClass) && !closed) ? ModelProxies.classOf(beanClass) : beanClass;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		// what is behind a scoped one is a bean, too
		boolean guarded = DecoratedModels.isModel(bean) && !(bean instanceof ScopedObject)
				&& !isOfAFactory(beanName.split("#", 2)[0]) && isOpen(bean, beanName);
		return guarded ? guard(beanName, bean, this.calls) : bean;
	}

	private boolean isOfAFactory(String name) {
		ConfigurableListableBeanFactory beans = this.factory;
		return beans != null && beans.containsSingleton(name)
				&& beans.getSingleton(name) instanceof SpringAiModelFactory;
	}

	private boolean isOpen(Object bean, String name) {
		if (!Modifier.isFinal(bean.getClass().getModifiers())) {
			return true;
		}
		Class<?> declared = declared(name);
		return declared != null && declared.isInterface();
	}

	/** Once a bean has been made, its type is that of what was made. */
	private @Nullable Class<?> declared(String name) {
		ConfigurableListableBeanFactory beans = this.factory;
		if (beans == null || !beans.containsBeanDefinition(name)) {
			return null;
		}
		if (beans.isFactoryBean(name)) {
			return beans.getType(name, false);
		}
		Method maker = (beans.getMergedBeanDefinition(name) instanceof RootBeanDefinition definition)
				? definition.getResolvedFactoryMethod() : null;
		return (maker != null) ? maker.getReturnType() : null;
	}

}
