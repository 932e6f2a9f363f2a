// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import io.github.llmbreaker.aop.InvalidLlmGuardedException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says which {@code @LlmGuarded} method stopped the application, and what to do.
 */
final class InvalidLlmGuardedFailureAnalyzer extends AbstractFailureAnalyzer<InvalidLlmGuardedException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidLlmGuardedException cause) {
		String bean = beanName(rootFailure);
		String description = "The @LlmGuarded method '%s'%s %s.".formatted(cause.getMethod(),
				(bean != null) ? " of the bean '" + bean + "'" : "", cause.getReason());
		return new FailureAnalysis(description, cause.getAction(), cause);
	}

	/**
	 * Returns the name of the bean that has the method: the innermost that could not be
	 * created.
	 */
	private static @Nullable String beanName(Throwable rootFailure) {
		String name = null;
		for (Throwable link = rootFailure; link != null; link = link.getCause()) {
			if (link instanceof BeanCreationException creation && creation.getBeanName() != null) {
				name = creation.getBeanName();
			}
		}
		return name;
	}

}
