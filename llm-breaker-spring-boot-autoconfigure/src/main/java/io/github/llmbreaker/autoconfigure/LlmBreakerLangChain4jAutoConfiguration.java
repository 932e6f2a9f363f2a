// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.ChatModel;
import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.langchain4j.CallGuarding;
import io.github.llmbreaker.langchain4j.GuardedModels;
import io.github.llmbreaker.langchain4j.LlmBreakerHttpClientBuilder;
import io.github.llmbreaker.langchain4j.ModelBeans;
import io.github.llmbreaker.langchain4j.RunningApplications;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.context.annotation.Scope;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration that guards the calls of LangChain4j's models.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = LlmBreakerAutoConfiguration.class)
@ConditionalOnClass({ HttpClientBuilder.class, ChatModel.class })
public final class LlmBreakerLangChain4jAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	CallGuarding llmLangChain4jGuarding(CallGuard guard, Environment environment) {
		return new CallGuarding(guard,
				!environment.getProperty("llm-breaker.keep-library-retries", Boolean.class, false));
	}

	/**
	 * It is there for models that the application gives a client. A new one each time, as
	 * models set their timeouts on it.
	 */
	@Bean
	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	@ConditionalOnMissingBean
	LlmBreakerHttpClientBuilder llmBreakerHttpClientBuilder(CallGuarding guarding) {
		return LlmBreakerHttpClientBuilder.guardedDefault(guarding);
	}

	/**
	 * Guards models that are built with LangChain4j's own builders, and those that are
	 * beans.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnLlmBreakerEnabled
	@ConditionalOnBooleanProperty(name = "llm-breaker.langchain4j.enabled", matchIfMissing = true)
	static final class ModelConfiguration {

		private static final Logger logger = LoggerFactory.getLogger(LlmBreakerLangChain4jAutoConfiguration.class);

		@Bean
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static LangChain4jStart llmBreakerLangChain4jStart() {
			return new LangChain4jStart();
		}

		@Bean
		LangChain4jFallbackBeans llmBreakerLangChain4jFallbackBeans(ListableBeanFactory beanFactory,
				LlmBreakerProperties properties) {
			return new LangChain4jFallbackBeans(beanFactory, properties.langchain4j().fallbackBeans());
		}

		@Bean
		@ConditionalOnMissingBean
		GuardedModels llmBreakerLangChain4jModels(ModelBeans beans) {
			return new GuardedModels(beans);
		}

		@Bean
		SmartInitializingSingleton llmBreakerLangChain4jRetriesNotice(LlmBreakerProperties properties) {
			return () -> {
				if (!properties.keepLibraryRetries()
						&& properties.modelPolicies().anyMatch(PolicyProperties::recovers)) {
					logger.info("LangChain4j's own retries (maxRetries) are off for calls whose policy has retries or "
							+ "fallbacks; 'llm-breaker.keep-library-retries=true' keeps them");
				}
			};
		}

		@Bean
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static LangChain4jModelBeanPostProcessor llmBreakerLangChain4jModelBeanPostProcessor(
				ObjectProvider<GuardedModels> models) {
			return new LangChain4jModelBeanPostProcessor(models);
		}

		/**
		 * Guards the models that are built while an application starts and runs, from
		 * before its first bean is made.
		 */
		static final class LangChain4jStart implements BeanFactoryPostProcessor, DisposableBean {

			private @Nullable Runnable end;

			@Override
			public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
				this.end = RunningApplications.started(() -> beanFactory.getBean(CallGuarding.class));
			}

			@Override
			public void destroy() {
				if (this.end != null) {
					this.end.run();
				}
			}

		}

	}

}
