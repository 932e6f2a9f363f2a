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

import io.github.llmbreaker.LlmCallListener;
import io.github.llmbreaker.breaker.BreakerListener;
import io.github.llmbreaker.breaker.LoggingBreakerListener;
import io.github.llmbreaker.event.DispatchingBreakerListener;
import io.github.llmbreaker.event.PublishingBreakerListener;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LlmBreakerEventAutoConfiguration}.
 */
class LlmBreakerEventAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(LlmBreakerAutoConfiguration.class, LlmBreakerEventAutoConfiguration.class));

	@Test
	void logsAndPublishesByDefault() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(LoggingBreakerListener.class)
			.hasSingleBean(PublishingBreakerListener.class));
	}

	@Test
	void dispatchesOnlyWhenSomebodyListens() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(DispatchingBreakerListener.class));
		this.contextRunner.withUserConfiguration(ListenerConfiguration.class)
			.run((context) -> assertThat(context).hasSingleBean(DispatchingBreakerListener.class));
	}

	@Test
	void isOffWhenNothingIsGuarded() {
		this.contextRunner.withUserConfiguration(ListenerConfiguration.class)
			.withPropertyValues("llm-breaker.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(BreakerListener.class));
	}

	@Test
	void backsOffForUserBeans() {
		this.contextRunner.withUserConfiguration(UserConfiguration.class)
			.run((context) -> assertThat(context).getBean(LoggingBreakerListener.class)
				.isSameAs(context.getBean("userListener")));
	}

	@Test
	void startsNoThread() {
		this.contextRunner.withUserConfiguration(ListenerConfiguration.class)
			.run((context) -> assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
				.doesNotContain("llm-breaker-events", "llm-breaker-listeners"));
	}

	@Configuration(proxyBeanMethods = false)
	static class ListenerConfiguration {

		@Bean
		LlmCallListener callListener() {
			return (target, outcome, duration) -> {
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class UserConfiguration {

		@Bean
		LoggingBreakerListener userListener() {
			return new LoggingBreakerListener();
		}

	}

}
