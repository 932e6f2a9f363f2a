// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.net.http.HttpClient;
import java.util.List;

import io.github.llmbreaker.provider.request.RequestRewrite;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpCookieHandling;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.JdkClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.JettyClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.ReactorClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.SimpleClientHttpRequestFactoryBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;

/**
 * Makes the requests of blocking clients that fall back to another provider as Spring
 * Boot would, so that its proxies, SSL bundles and timeouts hold. Follows no redirects,
 * which would take the key of that provider elsewhere.
 */
@Configuration(proxyBeanMethods = false)
final class FallbackRequestFactoryConfiguration {

	/** No candidate for others: Spring Boot has a bean of this type as well. */
	static final String BEAN = "llmBreakerFallbackRequestFactory";

	/**
	 * With what Spring Boot makes requests.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnLlmBreakerEnabled
	@ConditionalOnClass(ClientHttpRequestFactoryBuilder.class)
	static final class BootConfiguration {

		@Bean(name = BEAN, defaultCandidate = false)
		@Lazy
		@ConditionalOnMissingBean(name = BEAN)
		ClientHttpRequestFactory llmBreakerFallbackRequestFactory(
				ObjectProvider<ClientHttpRequestFactoryBuilder<?>> builder,
				ObjectProvider<HttpClientSettings> settings) {
			return usable(builder.getIfAvailable()).build(settings.getIfAvailable(HttpClientSettings::defaults)
				.withCookieHandling(HttpCookieHandling.DISABLE)
				.withRedirects(HttpRedirects.DONT_FOLLOW));
		}

		/** A builder of the application's own may add anything, and follow redirects. */
		private static ClientHttpRequestFactoryBuilder<?> usable(@Nullable ClientHttpRequestFactoryBuilder<?> builder) {
			if (builder instanceof ReactorClientHttpRequestFactoryBuilder reactor) {
				return ReactorNetty.clean(reactor);
			}
			boolean known = builder instanceof JdkClientHttpRequestFactoryBuilder
					|| builder instanceof SimpleClientHttpRequestFactoryBuilder
					|| builder instanceof HttpComponentsClientHttpRequestFactoryBuilder
					|| builder instanceof JettyClientHttpRequestFactoryBuilder;
			return (builder != null && known) ? builder : ClientHttpRequestFactoryBuilder.jdk();
		}

	}

	/**
	 * Without Spring Boot's clients.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnLlmBreakerEnabled
	@ConditionalOnMissingClass("org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder")
	static final class JdkConfiguration {

		@Bean(name = BEAN, defaultCandidate = false)
		@Lazy
		@ConditionalOnMissingBean(name = BEAN)
		ClientHttpRequestFactory llmBreakerFallbackRequestFactory() {
			return new JdkClientHttpRequestFactory(
					HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build());
		}

	}

	/**
	 * Removes the headers that the application sets on its {@code HttpClient}. What is
	 * set for the call comes later.
	 */
	private static final class ReactorNetty {

		private ReactorNetty() {
		}

		static ClientHttpRequestFactoryBuilder<?> clean(ReactorClientHttpRequestFactoryBuilder builder) {
			return builder.withHttpClientCustomizer((client) -> client.followRedirect(false)
				.doOnRequest((request, connection) -> clean(request.requestHeaders())));
		}

		private static void clean(HttpHeaders headers) {
			List.copyOf(headers.names()).stream().filter(RequestRewrite::mayBeCredential).forEach(headers::remove);
		}

	}

}
