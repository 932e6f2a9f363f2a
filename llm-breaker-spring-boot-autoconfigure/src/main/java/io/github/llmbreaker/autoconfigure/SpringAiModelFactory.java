// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.concurrent.atomic.AtomicReference;

import io.github.llmbreaker.springai.GuardedModelCalls;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.scope.ScopedProxyFactoryBean;
import org.springframework.beans.factory.BeanCurrentlyInCreationException;
import org.springframework.beans.factory.SmartFactoryBean;
import org.springframework.beans.factory.config.BeanDefinitionHolder;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionValueResolver;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.util.Assert;

/**
 * Is in the place of a model that no proxy can be made of which is of its class: who asks
 * for a {@code ChatModel} gets a guarded one, who asks for the vendor's class gets that.
 * <p>
 * It is what a scoped proxy is made by, because that is the only factory that Spring
 * accepts in the place of what a method of a configuration returns.
 */
@SuppressWarnings("serial") // only its base class can be serialised
final class SpringAiModelFactory extends ScopedProxyFactoryBean implements SmartFactoryBean<Object> {

	private final DefaultListableBeanFactory factory;

	private final String name;

	private final AbstractBeanDefinition definition;

	private final Class<?> type;

	private final AtomicReference<@Nullable Made> made = new AtomicReference<>();

	private volatile @Nullable Thread creating;

	/**
	 * Creates it.
	 * @param factory the beans of the application
	 * @param name the bean's name
	 * @param definition how the model is made
	 * @param type as what it is declared
	 */
	SpringAiModelFactory(DefaultListableBeanFactory factory, String name, AbstractBeanDefinition definition,
			Class<?> type) {
		this.factory = factory;
		this.name = name;
		this.definition = definition;
		this.type = type;
	}

	/**
	 * Returns what fits as the declared type, as configurations that call their own
	 * methods need it.
	 */
	@Override
	public Object getObject() {
		Made model = model();
		return this.type.isInstance(model.guarded()) ? model.guarded() : model.raw();
	}

	@Override
	@SuppressWarnings("unchecked")
	public <S> S getObject(Class<S> required) {
		Made model = model();
		return (S) (required.isInstance(model.guarded()) ? model.guarded() : model.raw());
	}

	@Override
	public boolean supportsType(Class<?> required) {
		Made model = this.made.get();
		return required.isAssignableFrom(this.type) || (model != null && required.isInstance(model.raw()));
	}

	@Override
	public Class<?> getObjectType() {
		return this.type;
	}

	@Override
	public boolean isSingleton() {
		return this.definition.isSingleton();
	}

	@Override
	public boolean isPrototype() {
		return !isSingleton();
	}

	/** If the bean isn't lazy; then it would have been made at the start. */
	@Override
	public boolean isEagerInit() {
		return true;
	}

	/**
	 * Returns the model if it has been made, as it is without us.
	 */
	@Nullable Object known() {
		Made model = this.made.get();
		return (model != null) ? model.raw() : null;
	}

	private Made model() {
		Made known = this.made.get();
		if (known != null) {
			return known;
		}
		Made model = make();
		return (!isSingleton() || this.made.compareAndSet(null, model)) ? model : model();
	}

	private Made make() {
		if (this.creating == Thread.currentThread()) {
			throw new BeanCurrentlyInCreationException(this.name);
		}
		Thread before = this.creating;
		this.creating = Thread.currentThread();
		try {
			Object raw = new BeanDefinitionValueResolver(this.factory, this.name, this.definition)
				.resolveValueIfNecessary("model",
						new BeanDefinitionHolder(this.definition.cloneBeanDefinition(), this.name));
			Assert.state(raw != null, () -> "No model '%s' was made".formatted(this.name));
			return new Made(raw, SpringAiModelBeanPostProcessor.guard(this.name, raw,
					this.factory.getBeanProvider(GuardedModelCalls.class)));
		}
		finally {
			this.creating = before;
		}
	}

	/**
	 * A model.
	 *
	 * @param raw as it is without us
	 * @param guarded with us around it
	 */
	private record Made(Object raw, Object guarded) {
	}

}
