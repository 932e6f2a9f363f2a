// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.restclient.autoconfigure.RestClientBuilderConfigurer;
import org.springframework.web.client.RestClient;

/**
 * Configures a builder that knows at its end whether the guard has to be an interceptor.
 */
final class GuardingRestClientBuilderConfigurer extends RestClientBuilderConfigurer {

	private final RestClientBuilderConfigurer configurer;

	GuardingRestClientBuilderConfigurer(RestClientBuilderConfigurer configurer) {
		this.configurer = configurer;
	}

	@Override
	public RestClient.Builder configure(RestClient.Builder builder) {
		return this.configurer.configure(GuardedRestClientBuilder.of(builder));
	}

	/**
	 * Puts it around the application's one.
	 */
	static final class Installer implements BeanPostProcessor {

		@Override
		public Object postProcessAfterInitialization(Object bean, String name) {
			return (bean instanceof RestClientBuilderConfigurer configurer)
					? new GuardingRestClientBuilderConfigurer(configurer) : bean;
		}

	}

}
