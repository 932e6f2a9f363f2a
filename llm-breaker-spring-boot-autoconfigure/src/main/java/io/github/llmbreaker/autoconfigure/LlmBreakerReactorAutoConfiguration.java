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

package io.github.llmbreaker.autoconfigure;

import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.provider.ClientFailures;
import io.github.llmbreaker.webclient.ReactiveLlmBreakers;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.ObjectProvider;
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
	ReactiveLlmBreakers reactiveLlmBreakers(ObjectProvider<BreakerRegistry> registry,
			ObjectProvider<ClientFailures> failures) {
		BreakerRegistry breakers = registry.getIfAvailable();
		return (breakers != null) ? new ReactiveLlmBreakers(breakers, failures.getObject())
				: ReactiveLlmBreakers.unguarded();
	}

}
