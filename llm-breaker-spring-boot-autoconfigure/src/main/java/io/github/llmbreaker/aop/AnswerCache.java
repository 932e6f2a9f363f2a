// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.lang.reflect.Method;
import java.util.Arrays;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.interceptor.SimpleKeyGenerator;

/**
 * Keeps good answers of one method in a Spring cache. A cache that fails is as good as
 * none.
 */
final class AnswerCache {

	private static final Log logger = LogFactory.getLog(AnswerCache.class);

	private final Cache cache;

	/** Of what is kept. */
	private final Class<?> type;

	/** How many of the arguments are the key. */
	private final int keyLength;

	AnswerCache(Cache cache, Class<?> type, int keyLength) {
		this.cache = cache;
		this.type = type;
		this.keyLength = keyLength;
	}

	/**
	 * Finds the cache of a method.
	 */
	static AnswerCache find(BeanFactory beanFactory, Method method, String name, Class<?> type, int keyLength) {
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
		return new AnswerCache(cache, type, keyLength);
	}

	void put(@Nullable Object[] arguments, @Nullable Object answer) {
		if (answer == null) {
			return;
		}
		try {
			this.cache.put(key(arguments), answer);
		}
		catch (RuntimeException ex) {
			logger.debug("An answer could not be kept in the cache '" + this.cache.getName() + "'", ex);
		}
	}

	/**
	 * Returns the answer for some arguments.
	 * @return the answer, or {@code null} if there is none
	 */
	@Nullable Object get(@Nullable Object[] arguments) {
		try {
			Cache.ValueWrapper wrapper = this.cache.get(key(arguments));
			Object answer = (wrapper != null) ? wrapper.get() : null;
			return this.type.isInstance(answer) ? answer : null;
		}
		catch (RuntimeException ex) {
			logger.debug("The cache '" + this.cache.getName() + "' could not be asked for an answer", ex);
			return null;
		}
	}

	private Object key(@Nullable Object[] arguments) {
		return SimpleKeyGenerator
			.generateKey((arguments.length > this.keyLength) ? Arrays.copyOf(arguments, this.keyLength) : arguments);
	}

}
