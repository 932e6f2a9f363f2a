// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.lang.reflect.Field;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanWrapper;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

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

	/**
	 * The same for a model that was built without any retries of its own.
	 */
	static final class OfModels implements ClientGuard {

		private static final String HOLDER = "org.springframework.ai.retry.RetryUtils";

		private final LlmBreakerProperties properties;

		private final @Nullable Object usual;

		OfModels(LlmBreakerProperties properties) {
			this.properties = properties;
			this.usual = usual(getClass().getClassLoader());
		}

		@Override
		public Object guarded(Object part, String bean) {
			if (part != this.usual || !LibraryRetries.areReplaced(this.properties)) {
				return part;
			}
			LibraryRetries.removed(bean);
			return new RetryTemplate(RetryPolicy.withMaxRetries(0));
		}

		private static @Nullable Object usual(ClassLoader loader) {
			if (!ClassUtils.isPresent(HOLDER, loader)) {
				return null;
			}
			Field usual = ReflectionUtils.findField(ClassUtils.resolveClassName(HOLDER, loader),
					"DEFAULT_RETRY_TEMPLATE");
			return (usual != null) ? ReflectionUtils.getField(usual, null) : null;
		}

	}

}
