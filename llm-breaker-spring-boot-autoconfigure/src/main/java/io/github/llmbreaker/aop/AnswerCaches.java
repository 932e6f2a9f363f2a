/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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

	static AnswerCache find(BeanFactory beanFactory, Method method, String name, boolean suspending) {
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
		return new AnswerCache(cache, kept(method, suspending), suspending ? parameters - 1 : parameters);
	}

	/**
	 * Returns the type of what is kept: the value itself, or a list of the values.
	 */
	private static Class<?> kept(Method method, boolean suspending) {
		if (suspending) {
			return Object.class;
		}
		ResolvableType type = ResolvableType.forMethodReturnType(method);
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(method.getReturnType());
		if (adapter != null && adapter.isMultiValue()) {
			return List.class;
		}
		boolean wrapped = adapter != null || CallStyles.isStage(method);
		return ClassUtils.resolvePrimitiveIfNecessary((wrapped ? type.getGeneric(0) : type).resolve(Object.class));
	}

}
