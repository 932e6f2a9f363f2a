// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import org.springframework.beans.BeanWrapper;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Switches the retries of {@code spring.ai.retry} off, which are those of models on
 * Spring's own clients: the template that Spring AI makes of them would repeat each call
 * that a policy has retried already.
 */
final class SpringAiRetries implements BeanPostProcessor {

	private static final String PROPERTIES = "org.springframework.ai.retry.autoconfigure.SpringAiRetryProperties";

	private static final String MAX_ATTEMPTS = "maxAttempts";

	private final ObjectProvider<LlmBreakerProperties> properties;

	SpringAiRetries(ObjectProvider<LlmBreakerProperties> properties) {
		this.properties = properties;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean.getClass().getName().equals(PROPERTIES)
				&& LibraryRetries.areReplaced(this.properties.getIfAvailable())) {
			BeanWrapper retry = PropertyAccessorFactory.forBeanPropertyAccess(bean);
			if (retry.isWritableProperty(MAX_ATTEMPTS)) {
				retry.setPropertyValue(MAX_ATTEMPTS, 0);
				LibraryRetries.removed("spring.ai.retry");
			}
		}
		return bean;
	}

}
