// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.lang.reflect.Method;
import java.util.List;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * Finds the caches in which answers are kept.
 */
final class AnswerCaches {

	private AnswerCaches() {
	}

	static AnswerCache find(BeanFactory beanFactory, Method method, Class<?> bean, String name, boolean suspending) {
		CacheManager caches = beanFactory.getBeanProvider(CacheManager.class).getIfUnique();
		if (caches == null) {
			throw new InvalidLlmGuardedException(method,
					"names the fallback cache '%s', but there is no single CacheManager".formatted(name),
					"Add spring-boot-starter-cache and @EnableCaching, or mark one of several as primary.");
		}
		Cache cache = caches.getCache(name);
		if (cache == null) {
			throw new InvalidLlmGuardedException(method,
					"names the fallback cache '%s', which does not exist".formatted(name),
					"Add it to 'spring.cache.cache-names', or use one of %s.".formatted(caches.getCacheNames()));
		}
		int parameters = method.getParameterCount();
		return new AnswerCache(cache, kept(method, bean, suspending), suspending ? parameters - 1 : parameters);
	}

	/**
	 * Returns the type of what is kept: the value itself, or a list of the values.
	 */
	private static Class<?> kept(Method method, Class<?> bean, boolean suspending) {
		if (suspending) {
			return Object.class;
		}
		ResolvableType type = ResolvableType.forMethodReturnType(method, bean);
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(type.toClass());
		if (adapter != null && adapter.isMultiValue()) {
			return List.class;
		}
		boolean wrapped = adapter != null || CallStyles.isStage(method, type.toClass());
		return ClassUtils.resolvePrimitiveIfNecessary((wrapped ? type.getGeneric(0) : type).resolve(Object.class));
	}

}
