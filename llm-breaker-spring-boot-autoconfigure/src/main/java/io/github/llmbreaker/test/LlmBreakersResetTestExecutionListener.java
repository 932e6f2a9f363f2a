// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.test;

import io.github.llmbreaker.LlmBreaker;
import io.github.llmbreaker.LlmBreakers;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * Resets all breakers of an application after each test, because contexts are shared: a
 * model that one test has broken would be rejected in the next one. In use wherever
 * Spring's test module is; {@code llm-breaker.test.reset=false} switches it off.
 *
 * @since 0.1.0
 */
public final class LlmBreakersResetTestExecutionListener implements TestExecutionListener {

	private static final String PROPERTY = "llm-breaker.test.reset";

	@Override
	public void afterTestMethod(TestContext testContext) {
		// a test that needed no context gets none
		if (testContext.hasApplicationContext()) {
			ApplicationContext context = testContext.getApplicationContext();
			if (isActive(context) && context.getEnvironment().getProperty(PROPERTY, Boolean.class, true)) {
				context.getBeanProvider(LlmBreakersTester.class).forEach(LlmBreakersTester::closeAll);
				context.getBeanProvider(LlmBreakers.class)
					.forEach((breakers) -> breakers.all().forEach(LlmBreaker::reset));
			}
		}
	}

	private static boolean isActive(ApplicationContext context) {
		return !(context instanceof ConfigurableApplicationContext configurable) || configurable.isActive();
	}

}
