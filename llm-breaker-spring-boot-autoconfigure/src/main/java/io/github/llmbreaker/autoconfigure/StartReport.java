// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

import io.github.llmbreaker.breaker.BreakerSync;
import io.github.llmbreaker.provider.LlmProviders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Says once at the start what is guarded, and of what the application has what is not.
 */
final class StartReport implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(StartReport.class);

	private static final List<Client> CLIENTS = List.of(
			new Client("WebClient", "webclient", "org.springframework.web.reactive.function.client.WebClient",
					"llmBreakerWebClientCustomizer", "org.springframework.boot.webclient.WebClientCustomizer"),
			new Client("RestClient", "restclient", "org.springframework.web.client.RestClient",
					"llmBreakerRestClientCustomizer", "org.springframework.boot.restclient.RestClientCustomizer"),
			new Client("SDKs on OkHttp", "okhttp", "okhttp3.OkHttpClient", "llmBreakerEarlySdkClients", null),
			new Client("Spring AI", "spring-ai", "org.springframework.ai.chat.model.ChatModel",
					"llmBreakerSpringAiFallbackBeans", null),
			new Client("LangChain4j", "langchain4j", "dev.langchain4j.model.chat.ChatModel",
					"llmBreakerLangChain4jFallbackBeans", null),
			new Client("@LlmGuarded methods", "aop", "org.springframework.aop.framework.ProxyFactory",
					"llmMethodGuards", null));

	private final LlmBreakerProperties properties;

	private final LlmProviders providers;

	private final ConfigurableListableBeanFactory beanFactory;

	private final Environment environment;

	StartReport(LlmBreakerProperties properties, LlmProviders providers, ConfigurableListableBeanFactory beanFactory,
			Environment environment) {
		this.properties = properties;
		this.providers = providers;
		this.beanFactory = beanFactory;
		this.environment = environment;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (logger.isInfoEnabled()) {
			logger.info(message());
		}
	}

	private String message() {
		List<String> guarded = new ArrayList<>();
		List<String> off = new ArrayList<>();
		for (Client client : CLIENTS) {
			if (this.beanFactory.containsBean(client.bean())) {
				guarded.add(client.name());
			}
			else if (isPresent(client.marker())) {
				off.add(client.name() + " (" + reason(client) + ")");
			}
		}
		return "LLM calls are guarded in mode %s, isolation %s. Clients: %s. Providers: %s. Policies: %s.%s%s"
			.formatted(lowerCase(this.properties.mode()), lowerCase(this.properties.isolation()), orNone(guarded),
					providers(), orNone(this.properties.policies().keySet()), fleet(),
					off.isEmpty() ? "" : " Not guarded: " + String.join(", ", off) + ".");
	}

	private String providers() {
		Collection<String> configured = this.properties.providers().keySet();
		long builtIn = this.providers.all().stream().filter((provider) -> !configured.contains(provider.id())).count();
		return configured.isEmpty() ? builtIn + " built in"
				: "%s, and %d built in".formatted(String.join(", ", configured), builtIn);
	}

	private String fleet() {
		return (this.beanFactory.getBeanNamesForType(BreakerSync.class, true, false).length > 0)
				? " Breakers are shared by all instances." : "";
	}

	private String reason(Client client) {
		String key = LlmBreakerProperties.PREFIX + "." + client.key() + ".enabled";
		if (!this.environment.getProperty(key, Boolean.class, true)) {
			return "'" + key + "' is false";
		}
		return (client.customizer() != null && !isPresent(client.customizer()))
				? "spring-boot-starter-" + client.key() + " is missing" : "its auto-configuration is not in use";
	}

	private boolean isPresent(String type) {
		return ClassUtils.isPresent(type, this.beanFactory.getBeanClassLoader());
	}

	private static String orNone(Collection<String> names) {
		return names.isEmpty() ? "none" : String.join(", ", names);
	}

	private static String lowerCase(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * A way to call an LLM.
	 *
	 * @param name what users call it
	 * @param key its part of the configuration
	 * @param marker a class that is there if the application has it
	 * @param bean a bean that is there if it is guarded
	 * @param customizer a class of the starter that it takes; {@code null} if none does
	 */
	private record Client(String name, String key, String marker, String bean, @Nullable String customizer) {

	}

}
