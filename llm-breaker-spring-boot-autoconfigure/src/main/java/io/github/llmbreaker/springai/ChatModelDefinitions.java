// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.springai;

import java.util.Map;
import java.util.function.Supplier;

import io.github.llmbreaker.breaker.LlmPolicies;
import io.github.llmbreaker.call.CallGuard;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanDefinitionHolder;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ContextAnnotationAutowireCandidateResolver;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.util.function.SingletonSupplier;

/**
 * Puts a model with fallbacks in the place of each bean that is a chat model of Spring
 * AI. Most of their classes are final, so that there are two beans of each: who asks for
 * a {@link ChatModel} gets the one with fallbacks, who asks for the vendor's class gets
 * that.
 *
 * @since 0.1.0
 */
public final class ChatModelDefinitions implements BeanDefinitionRegistryPostProcessor, PriorityOrdered {

	private static final String PREFIX = "org.springframework.ai.";

	private static final String RAW = ".withoutFallbacks";

	private final Supplier<Map<String, String>> named;

	/**
	 * Creates it.
	 * @param named the names of beans by provider, where the type does not say it
	 */
	public ChatModelDefinitions(Supplier<Map<String, String>> named) {
		this.named = named;
	}

	static String rawName(String name) {
		return name + RAW;
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		if (!(registry instanceof DefaultListableBeanFactory factory)) {
			return;
		}
		Supplier<ModelFallbacks> fallbacks = SingletonSupplier
			.of(() -> new ModelFallbacks(factory.getBean(CallGuard.class), factory.getBean(LlmPolicies.class),
					new ChatModels(factory, this.named.get())));
		boolean found = false;
		for (String name : registry.getBeanDefinitionNames()) {
			BeanDefinition definition = registry.getBeanDefinition(name);
			if (isModel(factory, name, definition)) {
				replace(factory, name, (AbstractBeanDefinition) definition, fallbacks);
				found = true;
			}
		}
		if (found) {
			factory.setAutowireCandidateResolver(new RawModels());
		}
	}

	private static boolean isModel(DefaultListableBeanFactory factory, String name, BeanDefinition definition) {
		if (!(definition instanceof AbstractBeanDefinition) || definition.isAbstract() || !definition.isSingleton()
				|| !definition.isAutowireCandidate()) {
			return false;
		}
		Class<?> type = factory.getType(name, false);
		return type != null && !type.isInterface() && type.getName().startsWith(PREFIX)
				&& ChatModel.class.isAssignableFrom(type);
	}

	private static void replace(DefaultListableBeanFactory factory, String name, AbstractBeanDefinition definition,
			Supplier<ModelFallbacks> fallbacks) {
		String raw = rawName(name);
		RootBeanDefinition guarded = new RootBeanDefinition(ChatModel.class);
		guarded.setInstanceSupplier(
				() -> new FallingBackChatModel(name, () -> factory.getBean(raw, ChatModel.class), fallbacks));
		guarded.copyQualifiersFrom(definition);
		guarded.setPrimary(definition.isPrimary());
		guarded.setFallback(definition.isFallback());
		guarded.setLazyInit(definition.isLazyInit());
		guarded.setSource(definition.getSource());
		guarded.setResourceDescription(definition.getResourceDescription());
		guarded.setDependsOn(raw);
		AbstractBeanDefinition own = definition.cloneBeanDefinition();
		own.setAutowireCandidate(false);
		factory.removeBeanDefinition(name);
		factory.registerBeanDefinition(raw, own);
		factory.registerBeanDefinition(name, guarded);
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		// all is done
	}

	/**
	 * Lets who asks for a vendor's class have it.
	 */
	private static final class RawModels extends ContextAnnotationAutowireCandidateResolver {

		@Override
		public boolean isAutowireCandidate(BeanDefinitionHolder holder, DependencyDescriptor descriptor) {
			String name = holder.getBeanName();
			if (!name.endsWith(RAW) || descriptor.getDependencyType().isInterface()
					|| descriptor.getDependencyType() == Object.class) {
				return super.isAutowireCandidate(holder, descriptor);
			}
			AbstractBeanDefinition candidate = candidate(holder.getBeanDefinition());
			if (candidate == null) {
				return super.isAutowireCandidate(holder, descriptor);
			}
			String plain = name.substring(0, name.length() - RAW.length());
			return super.isAutowireCandidate(new BeanDefinitionHolder(candidate, plain, holder.getAliases()),
					descriptor);
		}

		private static @Nullable AbstractBeanDefinition candidate(BeanDefinition definition) {
			if (!(definition instanceof AbstractBeanDefinition own)) {
				return null;
			}
			AbstractBeanDefinition candidate = own.cloneBeanDefinition();
			candidate.setAutowireCandidate(true);
			return candidate;
		}

	}

}
