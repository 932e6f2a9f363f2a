// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

import io.github.llmbreaker.BreakerStateChangedEvent;
import io.github.llmbreaker.LlmCallListener;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.BreakerListener;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.LoggingBreakerListener;
import io.github.llmbreaker.breaker.TestRegistry;
import io.github.llmbreaker.event.DispatchingBreakerListener;
import io.github.llmbreaker.event.PublishingBreakerListener;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

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
		Set<Thread> before = deliveryThreads();
		this.contextRunner.withUserConfiguration(ListenerConfiguration.class)
			.run((context) -> assertThat(deliveryThreads()).isSubsetOf(before));
	}

	@Test
	void beansAreToldOfCallsAndMovesOffTheCallingThread() {
		ApplicationContextRunner runner = this.contextRunner.withPropertyValues("llm-breaker.defaults.preset=balanced");
		runner.withUserConfiguration(RecordingConfiguration.class).run((context) -> {
			TestRegistry.open(context.getBean(BreakerRegistry.class), TestRegistry.TARGET);
			RecordingConfiguration told = context.getBean(RecordingConfiguration.class);
			Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> told.threads.size() == 6);
			assertThat(told.threads).extracting(Thread::getName)
				.containsOnly("llm-breaker-events", "llm-breaker-listeners");
			assertThat(told.event).isNotNull();
			assertThat(told.event.breaker()).isEqualTo("openai:gpt-4.1");
			assertThat(told.event.kind()).isEqualTo(OutcomeKind.OVERLOADED);
			context.close();
			assertThat(told.threads).noneMatch(Thread::isAlive);
		});
	}

	private static Set<Thread> deliveryThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("llm-breaker-"))
			.collect(Collectors.toSet());
	}

	@Configuration(proxyBeanMethods = false)
	static class RecordingConfiguration {

		private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();

		private volatile BreakerStateChangedEvent event;

		@Bean
		LlmCallListener recordingListener() {
			return (target, outcome, duration) -> this.threads.add(Thread.currentThread());
		}

		@EventListener
		void on(BreakerStateChangedEvent event) {
			this.event = event;
			this.threads.add(Thread.currentThread());
		}

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
