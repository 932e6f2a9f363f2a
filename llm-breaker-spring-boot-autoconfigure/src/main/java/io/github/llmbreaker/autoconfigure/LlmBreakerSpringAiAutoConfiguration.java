// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import io.github.llmbreaker.breaker.LlmPolicies;
import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.okhttp.SdkClientBeanPostProcessor;
import io.github.llmbreaker.provider.LlmProviders;
import io.github.llmbreaker.restclient.LlmBreakerClientHttpRequestInterceptor;
import io.github.llmbreaker.springai.GuardedModelCalls;
import io.github.llmbreaker.springai.ModelSource;
import io.github.llmbreaker.webclient.LlmBreakerExchangeFilterFunction;
import okhttp3.OkHttpClient;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Auto-configuration for what Spring AI does besides sending requests.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { LlmBreakerAutoConfiguration.class, LlmBreakerOkHttpAutoConfiguration.class,
		LlmBreakerRestClientAutoConfiguration.class, LlmBreakerWebClientAutoConfiguration.class })
@ConditionalOnLlmBreakerEnabled
@ConditionalOnClass({ ChatModel.class, Flux.class })
@ConditionalOnBooleanProperty(name = "llm-breaker.spring-ai.enabled", matchIfMissing = true)
public final class LlmBreakerSpringAiAutoConfiguration {

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static BeanPostProcessor llmBreakerSpringAiRetries(ObjectProvider<LlmBreakerProperties> properties) {
		return new SpringAiRetries(properties);
	}

	@Bean
	SpringAiFallbackBeans llmBreakerSpringAiFallbackBeans(ListableBeanFactory beans, LlmBreakerProperties properties,
			LlmProviders providers) {
		return new SpringAiFallbackBeans(beans, properties.springAi().models(), providers);
	}

	@Bean
	@ConditionalOnMissingBean
	GuardedModelCalls llmBreakerSpringAiModelCalls(CallGuard guard, LlmPolicies policies, ModelSource models) {
		return new GuardedModelCalls(guard, policies, models);
	}

	@Bean
	static SpringAiModelFactory.Installer llmBreakerSpringAiModelDefinitions() {
		return new SpringAiModelFactory.Installer();
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static SpringAiModelBeanPostProcessor llmBreakerSpringAiModelBeanPostProcessor(
			ObjectProvider<GuardedModelCalls> calls) {
		return new SpringAiModelBeanPostProcessor(calls);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static SpringAiClients llmBreakerSpringAiClients(ObjectProvider<ClientGuard> guards) {
		return new SpringAiClients(guards);
	}

	@Bean
	ClientGuard llmBreakerSpringAiDefaultRetries(LlmBreakerProperties properties) {
		return new SpringAiRetries.OfModels(properties);
	}

	/**
	 * Guards the clients of Ollama, Mistral, DeepSeek and others that block.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(RestClient.class)
	@ConditionalOnBooleanProperty(name = "llm-breaker.restclient.enabled", matchIfMissing = true)
	static final class RestClientConfiguration {

		@Bean
		@ConditionalOnBean(LlmBreakerClientHttpRequestInterceptor.class)
		ClientGuard llmBreakerRestClientGuard(LlmBreakerClientHttpRequestInterceptor interceptor) {
			return new ClientGuard.OfRestClient(interceptor);
		}

	}

	/**
	 * Guards the clients of Ollama, Mistral, DeepSeek and others that stream.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebClient.class)
	@ConditionalOnBooleanProperty(name = "llm-breaker.webclient.enabled", matchIfMissing = true)
	static final class WebClientConfiguration {

		@Bean
		@ConditionalOnBean(LlmBreakerExchangeFilterFunction.class)
		ClientGuard llmBreakerWebClientGuard(LlmBreakerExchangeFilterFunction filter) {
			return new ClientGuard.OfWebClient(filter);
		}

	}

	/**
	 * Guards the SDKs inside of models that the application has put something around.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(OkHttpClient.class)
	static final class SdkConfiguration {

		@Bean
		@ConditionalOnBean(SdkClientBeanPostProcessor.class)
		ClientGuard llmBreakerSdkClientGuard(SdkClientBeanPostProcessor sdks) {
			return (part, bean) -> DecoratedModels.isModel(part) ? sdks.postProcessAfterInitialization(part, bean)
					: part;
		}

	}

}
