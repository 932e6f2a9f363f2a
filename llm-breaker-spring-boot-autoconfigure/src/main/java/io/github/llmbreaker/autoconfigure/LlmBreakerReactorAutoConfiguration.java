// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.webclient.ReactiveLlmBreakers;
import reactor.core.publisher.Flux;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for reactive code of any kind. While nothing is guarded, calls just
 * run.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = LlmBreakerAutoConfiguration.class)
@ConditionalOnClass(Flux.class)
public final class LlmBreakerReactorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ReactiveLlmBreakers reactiveLlmBreakers(CallGuard guard) {
		return new ReactiveLlmBreakers(guard);
	}

}
