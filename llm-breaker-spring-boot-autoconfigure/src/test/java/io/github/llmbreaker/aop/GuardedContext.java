// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.nio.charset.StandardCharsets;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmBreaker;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.autoconfigure.LlmBreakerAopAutoConfiguration;
import io.github.llmbreaker.autoconfigure.LlmBreakerAutoConfiguration;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.BreakerSnapshot;
import io.github.llmbreaker.breaker.VirtualTime;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.test.util.AopTestUtils;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.RestClientResponseException;

/**
 * Applications with guarded beans in virtual time, and what their clients throw.
 */
final class GuardedContext {

	private GuardedContext() {
	}

	/**
	 * Breakers open after two consecutive failures.
	 */
	static ApplicationContextRunner runner(Class<?>... beans) {
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(LlmBreakerAutoConfiguration.class, LlmBreakerAopAutoConfiguration.class))
			.withBean(VirtualTime.class)
			.withPropertyValues("llm-breaker.defaults.window=0s", "llm-breaker.defaults.failure-threshold=2",
					"llm-breaker.defaults.cooldown-jitter=0", "llm-breaker.defaults.half-open-calls=1",
					"llm-breaker.defaults.retry.backoff=1ms", "llm-breaker.defaults.retry.jitter=0");
		for (Class<?> bean : beans) {
			runner = runner.withUserConfiguration(bean);
		}
		return runner;
	}

	static RestClientResponseException unavailable() {
		return HttpServerErrorException.create(HttpStatus.SERVICE_UNAVAILABLE, "", HttpHeaders.EMPTY, new byte[0],
				null);
	}

	static RestClientResponseException rateLimited(int retryAfterSeconds) {
		HttpHeaders headers = new HttpHeaders();
		headers.set("Retry-After", Integer.toString(retryAfterSeconds));
		return HttpClientErrorException.create(HttpStatus.TOO_MANY_REQUESTS, "", headers, new byte[0], null);
	}

	static RestClientResponseException status(int status, String body) {
		return HttpClientErrorException.create(HttpStatusCode.valueOf(status), "", HttpHeaders.EMPTY,
				body.getBytes(StandardCharsets.UTF_8), null);
	}

	static BreakerSnapshot.Calls calls(ApplicationContext context, String breaker) {
		return context.getBean(BreakerRegistry.class).find(breaker).orElseThrow().snapshot().calls();
	}

	static BreakerState state(ApplicationContext context, String breaker) {
		return context.getBean(BreakerRegistry.class).find(breaker).map(LlmBreaker::state).orElseThrow();
	}

	/**
	 * Returns the object behind a proxy, to look at its fields.
	 */
	static <T> T behind(T bean) {
		return AopTestUtils.getUltimateTargetObject(bean);
	}

	static void open(ApplicationContext context, String provider, String model) {
		BreakerRegistry registry = context.getBean(BreakerRegistry.class);
		registry.gate(LlmTarget.of(provider, model));
		registry.find(provider + ":" + model).orElseThrow().forceOpen(null);
	}

}
