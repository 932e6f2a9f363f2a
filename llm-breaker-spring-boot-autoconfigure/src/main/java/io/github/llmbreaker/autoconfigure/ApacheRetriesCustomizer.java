// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

import io.github.llmbreaker.breaker.CallPermit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.core.Ordered;
import org.springframework.util.ReflectionUtils;

/**
 * Keeps Apache HttpClient 5 from repeating guarded calls by itself, below every
 * interceptor, so that a breaker sees each request; whatever else it sends it repeats as
 * before. By reflection, because few applications have that client, and many bring it
 * along without knowing.
 */
final class ApacheRetriesCustomizer
		implements ClientHttpRequestFactoryBuilderCustomizer<HttpComponentsClientHttpRequestFactoryBuilder>, Ordered {

	/** It is there if the client is. */
	static final String CLIENT = "org.apache.hc.client5.http.impl.classic.HttpClientBuilder";

	private static final String STRATEGY = "org.apache.hc.client5.http.HttpRequestRetryStrategy";

	private static final String USUAL = "org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy";

	private static final String RETRIES = "retryRequest";

	private static final Logger logger = LoggerFactory.getLogger(ApacheRetriesCustomizer.class);

	private volatile boolean removed;

	/** The application's own customizers have the last word. */
	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	/**
	 * Whether the clients that Spring Boot builds leave guarded calls alone.
	 */
	boolean areRemoved() {
		return this.removed;
	}

	@Override
	public HttpComponentsClientHttpRequestFactoryBuilder customize(
			HttpComponentsClientHttpRequestFactoryBuilder builder) {
		try {
			ClassLoader loader = builder.getClass().getClassLoader();
			Object strategy = strategy(Class.forName(STRATEGY, false, loader), Class.forName(USUAL, true, loader));
			Method set = Class.forName(CLIENT, false, loader)
				.getMethod("setRetryStrategy", Class.forName(STRATEGY, false, loader));
			Method customizer = builder.getClass().getMethod("withHttpClientCustomizer", Consumer.class);
			Consumer<Object> change = (client) -> ReflectionUtils.invokeMethod(set, client, strategy);
			HttpComponentsClientHttpRequestFactoryBuilder changed = (HttpComponentsClientHttpRequestFactoryBuilder) customizer
				.invoke(builder, change);
			this.removed = true;
			logger.info("""
					Apache HttpClient 5 repeats no guarded call by itself, so that breakers see each request. \
					Keep its retries with 'llm-breaker.keep-library-retries=true'.""");
			return changed;
		}
		catch (ReflectiveOperationException | LinkageError ex) {
			logger.debug("The retries of Apache HttpClient are closed to us", ex);
			return builder;
		}
	}

	private static Object strategy(Class<?> type, Class<?> usual) throws ReflectiveOperationException {
		Object delegate = usual.getField("INSTANCE").get(null);
		InvocationHandler guarded = (proxy, method, arguments) -> {
			if (method.getName().equals(RETRIES) && CallPermit.current() != null) {
				return false;
			}
			return ReflectionUtils.invokeMethod(method, delegate, arguments);
		};
		return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, guarded);
	}

	/**
	 * What is found by its name.
	 */
	static final class Hints implements RuntimeHintsRegistrar {

		@Override
		public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
			hints.reflection()
				.registerType(HttpComponentsClientHttpRequestFactoryBuilder.class,
						MemberCategory.INVOKE_PUBLIC_METHODS);
			for (String type : new String[] { CLIENT, STRATEGY }) {
				hints.reflection().registerTypeIfPresent(classLoader, type, MemberCategory.INVOKE_PUBLIC_METHODS);
			}
			hints.reflection().registerTypeIfPresent(classLoader, USUAL, MemberCategory.ACCESS_PUBLIC_FIELDS);
			hints.proxies()
				.registerJdkProxy((proxy) -> proxy.proxiedInterfaces(TypeReference.of(STRATEGY))
					.onReachableType(TypeReference.of(CLIENT)));
		}

	}

}
