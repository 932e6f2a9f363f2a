// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.okhttp.LlmBreakerOkHttpInterceptor;
import okhttp3.OkHttpClient;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for the LLM calls of OkHttp. Spring Boot builds no clients of it, so
 * the application guards its own; libraries that build some have auto-configurations of
 * their own.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = LlmBreakerAutoConfiguration.class)
@ConditionalOnClass(OkHttpClient.class)
public final class LlmBreakerOkHttpAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	LlmBreakerOkHttpInterceptor llmBreakerOkHttpInterceptor(CallGuard guard) {
		return new LlmBreakerOkHttpInterceptor(guard);
	}

}
