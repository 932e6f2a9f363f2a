// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.okhttp;

import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Guards the clients of vendors' SDKs that are beans, or inside of models of Spring AI
 * that are beans, however they were built.
 *
 * @since 0.1.0
 */
public final class SdkClientBeanPostProcessor implements BeanPostProcessor {

	private final Supplier<LlmBreakerOkHttpInterceptor> interceptor;

	private final Predicate<Set<String>> withoutRetries;

	private final Consumer<String> retriesRemoved;

	/**
	 * Creates it.
	 * @param interceptor guards calls; asked for with the first bean that has a client
	 * @param withoutRetries whether an SDK that sends to these base URLs is to send each
	 * request once, because calls are retried by their policies; without any if they are
	 * not known
	 * @param retriesRemoved is told the name of each bean whose SDK did otherwise
	 */
	public SdkClientBeanPostProcessor(Supplier<LlmBreakerOkHttpInterceptor> interceptor,
			Predicate<Set<String>> withoutRetries, Consumer<String> retriesRemoved) {
		this.interceptor = interceptor;
		this.withoutRetries = withoutRetries;
		this.retriesRemoved = retriesRemoved;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (SdkClients.isOfSdk(bean)
				&& SdkClients.replace(bean, (client) -> this.interceptor.get().guard(client), this.withoutRetries)) {
			this.retriesRemoved.accept(beanName);
		}
		return bean;
	}

}
