// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;

import io.github.llmbreaker.restclient.LlmBreakerClientHttpRequestFactory;
import io.github.llmbreaker.restclient.LlmBreakerClientHttpRequestInterceptor;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.restclient.autoconfigure.RestClientBuilderConfigurer;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.util.ObjectUtils;
import org.springframework.web.client.RestClient;

/**
 * Builds clients whose guard is an interceptor only if they have other interceptors, or
 * somebody asks for them. A client with any interceptor keeps all bodies of its requests
 * in memory, also those that are no LLM calls; without one the guard is in front of the
 * request factory, whichever it is at the end.
 * <p>
 * Is a proxy, so that it fits every version of the builder's interface.
 */
final class GuardedRestClientBuilder implements InvocationHandler {

	private final RestClient.Builder builder;

	private @Nullable LlmBreakerClientHttpRequestInterceptor guard;

	private @Nullable ClientHttpRequestFactory requestFactory;

	private boolean intercepted;

	private GuardedRestClientBuilder(RestClient.Builder builder) {
		this.builder = builder;
	}

	static RestClient.Builder of(RestClient.Builder builder) {
		return new GuardedRestClientBuilder(builder).proxy();
	}

	/**
	 * Guards what a builder builds.
	 */
	static void guard(RestClient.Builder builder, LlmBreakerClientHttpRequestInterceptor interceptor) {
		if (Proxy.isProxyClass(builder.getClass())
				&& Proxy.getInvocationHandler(builder) instanceof GuardedRestClientBuilder guarded
				&& !guarded.intercepted) {
			guarded.guard = interceptor;
		}
		else {
			builder.requestInterceptors((interceptors) -> addOnce(interceptors, interceptor));
		}
	}

	static void addOnce(List<ClientHttpRequestInterceptor> interceptors,
			LlmBreakerClientHttpRequestInterceptor interceptor) {
		if (interceptors.stream().noneMatch(LlmBreakerClientHttpRequestInterceptor.class::isInstance)) {
			interceptors.add(interceptor);
		}
	}

	private RestClient.Builder proxy() {
		return (RestClient.Builder) Proxy.newProxyInstance(RestClient.Builder.class.getClassLoader(),
				new Class<?>[] { RestClient.Builder.class }, this);
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
			throws Throwable {
		return switch (method.getName()) {
			case "build" -> build();
			case "clone" -> copy().proxy();
			case "apply" -> apply(proxy, arguments);
			case "equals" -> arguments != null && proxy == arguments[0];
			default -> {
				notice(method.getName(), arguments);
				Object result = AopUtils.invokeJoinpointUsingReflection(this.builder, method,
						ObjectUtils.toObjectArray(arguments));
				yield (result == this.builder) ? proxy : result;
			}
		};
	}

	private RestClient build() {
		if (this.guard == null || this.intercepted) {
			return this.builder.build();
		}
		RestClient.Builder guarded = this.builder.clone();
		return ((this.requestFactory != null)
				? guarded.requestFactory(new LlmBreakerClientHttpRequestFactory(this.requestFactory, this.guard))
				: guarded.requestInterceptor(this.guard))
			.build();
	}

	private GuardedRestClientBuilder copy() {
		GuardedRestClientBuilder copy = new GuardedRestClientBuilder(this.builder.clone());
		copy.guard = this.guard;
		copy.requestFactory = this.requestFactory;
		copy.intercepted = this.intercepted;
		return copy;
	}

	@SuppressWarnings("unchecked")
	private static Object apply(Object proxy, @Nullable Object @Nullable [] arguments) {
		if (arguments != null && arguments[0] instanceof Consumer<?> consumer) {
			((Consumer<Object>) consumer).accept(proxy);
		}
		return proxy;
	}

	private void notice(String method, @Nullable Object @Nullable [] arguments) {
		if (method.equals("requestFactory") && arguments != null) {
			this.requestFactory = (ClientHttpRequestFactory) arguments[0];
		}
		else if (method.startsWith("requestInterceptor") && !this.intercepted) {
			this.intercepted = true;
			if (this.guard != null) {
				this.builder.requestInterceptor(this.guard);
			}
		}
	}

	/**
	 * Keeps the proxy and what it calls in a native image.
	 */
	static final class ProxyHints implements RuntimeHintsRegistrar {

		@Override
		public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
			hints.proxies().registerJdkProxy(RestClient.Builder.class);
			hints.reflection().registerType(RestClient.Builder.class, MemberCategory.INVOKE_PUBLIC_METHODS);
		}

	}

	/**
	 * Lets the builders that Spring Boot configures know at their end whether the guard
	 * has to be an interceptor.
	 */
	static final class Installer implements BeanPostProcessor {

		@Override
		public Object postProcessAfterInitialization(Object bean, String name) {
			return (bean instanceof RestClientBuilderConfigurer configurer) ? new GuardingConfigurer(configurer) : bean;
		}

	}

	/**
	 * Configures a builder that knows at its end whether the guard has to be an
	 * interceptor.
	 */
	private static final class GuardingConfigurer extends RestClientBuilderConfigurer {

		private final RestClientBuilderConfigurer configurer;

		GuardingConfigurer(RestClientBuilderConfigurer configurer) {
			this.configurer = configurer;
		}

		@Override
		public RestClient.Builder configure(RestClient.Builder builder) {
			return this.configurer.configure(GuardedRestClientBuilder.of(builder));
		}

	}

}
