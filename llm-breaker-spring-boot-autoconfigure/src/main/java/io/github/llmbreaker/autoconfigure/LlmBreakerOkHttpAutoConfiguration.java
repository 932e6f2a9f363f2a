// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.okhttp.LlmBreakerOkHttpInterceptor;
import io.github.llmbreaker.okhttp.SdkClientBeanPostProcessor;
import io.github.llmbreaker.provider.LlmProviders;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.anthropic.http.okhttp.AnthropicHttpClientBuilderCustomizer;
import org.springframework.ai.openai.http.okhttp.OpenAiHttpClientBuilderCustomizer;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Role;

/**
 * Auto-configuration for the LLM calls of OkHttp, and of the vendors' SDKs that are built
 * on it. Spring Boot builds no clients of OkHttp, so the application guards its own.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = LlmBreakerAutoConfiguration.class)
@ConditionalOnClass(OkHttpClient.class)
public final class LlmBreakerOkHttpAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	LlmBreakerOkHttpInterceptor llmBreakerOkHttpInterceptor(CallGuard guard) {
		return new LlmBreakerOkHttpInterceptor(guard);
	}

	/**
	 * Guards the clients of SDKs.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnLlmBreakerEnabled
	@ConditionalOnBooleanProperty(name = "llm-breaker.okhttp.enabled", matchIfMissing = true)
	@ImportRuntimeHints(SdkHints.class)
	static final class SdkConfiguration {

		@Bean
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		@ConditionalOnMissingBean
		static SdkClientBeanPostProcessor llmBreakerSdkClientBeanPostProcessor(
				ObjectProvider<LlmBreakerOkHttpInterceptor> interceptor,
				ObjectProvider<LlmBreakerProperties> properties, ObjectProvider<LlmProviders> providers) {
			return new SdkClientBeanPostProcessor(interceptor::getObject,
					(urls) -> LibraryRetries.areReplaced(properties.getIfAvailable(), providers.getObject(), urls),
					LibraryRetries::removed);
		}

		/** A condition of Spring AI makes a model before there are post-processors. */
		@Bean
		SmartInitializingSingleton llmBreakerEarlySdkClients(SdkClientBeanPostProcessor postProcessor,
				ConfigurableListableBeanFactory beanFactory) {
			return () -> {
				for (String name : beanFactory.getSingletonNames()) {
					Object bean = beanFactory.getSingleton(name);
					if (bean != null) {
						postProcessor.postProcessAfterInitialization(bean, name);
					}
				}
			};
		}

	}

	/**
	 * The door that Spring AI has for interceptors of its OpenAI models.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnLlmBreakerEnabled
	@ConditionalOnClass(OpenAiHttpClientBuilderCustomizer.class)
	@ConditionalOnBooleanProperty(name = "llm-breaker.okhttp.enabled", matchIfMissing = true)
	static final class OpenAiConfiguration {

		@Bean
		@ConditionalOnMissingBean(name = "llmBreakerOpenAiCustomizer")
		OpenAiHttpClientBuilderCustomizer llmBreakerOpenAiCustomizer(LlmBreakerOkHttpInterceptor interceptor) {
			return (builder) -> builder.interceptor(interceptor);
		}

	}

	/**
	 * The door that Spring AI has for interceptors of its Anthropic models.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnLlmBreakerEnabled
	@ConditionalOnClass(AnthropicHttpClientBuilderCustomizer.class)
	@ConditionalOnBooleanProperty(name = "llm-breaker.okhttp.enabled", matchIfMissing = true)
	static final class AnthropicConfiguration {

		@Bean
		@ConditionalOnMissingBean(name = "llmBreakerAnthropicCustomizer")
		AnthropicHttpClientBuilderCustomizer llmBreakerAnthropicCustomizer(LlmBreakerOkHttpInterceptor interceptor) {
			return (builder) -> builder.interceptor(interceptor);
		}

	}

	/**
	 * The SDKs' HTTP clients, which tell rejections through a proxy.
	 */
	static final class SdkHints implements RuntimeHintsRegistrar {

		@Override
		public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
			for (String type : new String[] { "com.openai.core.http.HttpClient",
					"com.anthropic.core.http.HttpClient" }) {
				hints.proxies()
					.registerJdkProxy((proxy) -> proxy.proxiedInterfaces(TypeReference.of(type))
						.onReachableType(TypeReference.of(type)));
			}
		}

	}

}
