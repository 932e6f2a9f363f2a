// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.github.llmbreaker.springai.GuardedModelCalls;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.aop.scope.ScopedProxyFactoryBean;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.BeanCurrentlyInCreationException;
import org.springframework.beans.factory.SmartFactoryBean;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanDefinitionHolder;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.BeanDefinitionValueResolver;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

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

	/** As what it is declared. */
	private final Class<?> type;

	private final AtomicReference<@Nullable Made> made = new AtomicReference<>();

	private volatile @Nullable Thread creating;

	private SpringAiModelFactory(DefaultListableBeanFactory factory, String name, AbstractBeanDefinition definition,
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

	/**
	 * Finds such models: their class is final, as that of most chat models of Spring AI
	 * is, or not known before they are made.
	 */
	static final class Installer implements BeanDefinitionRegistryPostProcessor, PriorityOrdered {

		/**
		 * The kinds for which there is something to do: others can't answer for each
		 * other, and no SDK wraps a rejection of their calls.
		 */
		private static final List<Class<?>> KINDS = kinds();

		/** Transcriptions that stream came with Spring AI 2.0.1. */
		private static final String STREAMING_TRANSCRIPTION = "org.springframework.ai.audio.transcription.StreamingTranscriptionModel";

		private static List<Class<?>> kinds() {
			ClassLoader loader = SpringAiModelFactory.class.getClassLoader();
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
			// ahead of time nothing is to be written down: this is done again at the
			// start
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

}
