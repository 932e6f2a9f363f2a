// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.lang.reflect.Field;

import org.jspecify.annotations.Nullable;

import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Switches the retries off that a model has which was built without any of its own, where
 * calls are retried by their policy.
 */
final class SpringAiDefaultRetries implements ClientGuard {

	private static final String HOLDER = "org.springframework.ai.retry.RetryUtils";

	private final LlmBreakerProperties properties;

	private final @Nullable Object usual;

	SpringAiDefaultRetries(LlmBreakerProperties properties) {
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
		Field usual = ReflectionUtils.findField(ClassUtils.resolveClassName(HOLDER, loader), "DEFAULT_RETRY_TEMPLATE");
		return (usual != null) ? ReflectionUtils.getField(usual, null) : null;
	}

}
