// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.util.concurrent.atomic.AtomicInteger;

import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmGuarded;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of the place of the guard among Spring's own annotations.
 */
class GuardOrderTests {

	private static final String GPT = "openai:gpt-4.1";

	@Test
	@DisplayName("one guarded call is one attempt of @Retryable, and a rejection ends the attempts early")
	void insideOfRetryable() {
		GuardedContext.runner(Resilience.class, Guarded.class).run((context) -> {
			Guarded bean = context.getBean(Guarded.class);
			GuardedContext.behind(bean).failures = 1;
			assertThat(bean.retried()).isEqualTo("answer");
			assertThat(GuardedContext.calls(context, GPT).failed()).isEqualTo(1);
			assertThat(GuardedContext.calls(context, GPT).succeeded()).isEqualTo(1);
			GuardedContext.behind(bean).failures = 100;
			GuardedContext.behind(bean).calls.set(0);
			assertThatExceptionOfType(Exception.class).isThrownBy(bean::retried);
			assertThat(GuardedContext.behind(bean).calls).hasValue(2);
		});
	}

	@Test
	@DisplayName("a cached answer needs no permit and is no call")
	void insideOfCacheable() {
		GuardedContext.runner(Caching.class, Guarded.class).run((context) -> {
			Guarded bean = context.getBean(Guarded.class);
			assertThat(bean.cached("hi")).isEqualTo("hi 1");
			assertThat(bean.cached("hi")).isEqualTo("hi 1");
			assertThat(GuardedContext.calls(context, GPT).succeeded()).isEqualTo(1);
			GuardedContext.open(context, "openai", "gpt-4.1");
			assertThat(bean.cached("hi")).isEqualTo("hi 1");
			assertThatExceptionOfType(LlmCallRejectedException.class).isThrownBy(() -> bean.cached("other"));
		});
	}

	@Test
	@DisplayName("a rejected call opens no transaction, and a fallback runs after the rollback")
	void outsideOfTransactional() {
		GuardedContext.runner(Transactions.class, Guarded.class).run((context) -> {
			Guarded bean = context.getBean(Guarded.class);
			CountingTransactions transactions = context.getBean(CountingTransactions.class);
			assertThat(bean.transactional()).isEqualTo("in transaction: true");
			GuardedContext.behind(bean).failures = 1;
			assertThat(bean.transactional()).isEqualTo("fallback in transaction: false");
			assertThat(transactions.begun).hasValue(2);
			assertThat(transactions.rolledBack).hasValue(1);
			GuardedContext.open(context, "openai", "gpt-4.1");
			assertThat(bean.transactional()).isEqualTo("fallback in transaction: false");
			assertThat(transactions.begun).hasValue(2);
		});
	}

	static class Guarded {

		final AtomicInteger calls = new AtomicInteger();

		int failures;

		@Retryable(maxRetries = 5, delay = 1, excludes = LlmCallRejectedException.class)
		@LlmGuarded(provider = "openai", model = "gpt-4.1")
		public String retried() {
			fail();
			return "answer";
		}

		@Cacheable("answers")
		@LlmGuarded(provider = "openai", model = "gpt-4.1")
		public String cached(String prompt) {
			return prompt + " " + this.calls.incrementAndGet();
		}

		@Transactional
		@LlmGuarded(provider = "openai", model = "gpt-4.1", fallbackMethod = "instead")
		public String transactional() {
			fail();
			return "in transaction: " + TransactionSynchronizationManager.isActualTransactionActive();
		}

		String instead() {
			return "fallback in transaction: " + TransactionSynchronizationManager.isActualTransactionActive();
		}

		private void fail() {
			this.calls.incrementAndGet();
			if (this.failures-- > 0) {
				throw GuardedContext.unavailable();
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableResilientMethods
	static class Resilience {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableCaching(proxyTargetClass = true)
	static class Caching {

		@Bean
		CacheManager cacheManager() {
			return new ConcurrentMapCacheManager("answers");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement(proxyTargetClass = true)
	static class Transactions {

		@Bean
		CountingTransactions transactionManager() {
			return new CountingTransactions();
		}

	}

	static class CountingTransactions extends AbstractPlatformTransactionManager {

		private static final long serialVersionUID = 1L;

		final AtomicInteger begun = new AtomicInteger();

		final AtomicInteger rolledBack = new AtomicInteger();

		@Override
		protected Object doGetTransaction() {
			return new Object();
		}

		@Override
		protected void doBegin(Object transaction, TransactionDefinition definition) {
			this.begun.incrementAndGet();
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
			// nothing to write
		}

		@Override
		protected void doRollback(DefaultTransactionStatus status) {
			this.rolledBack.incrementAndGet();
		}

	}

}
