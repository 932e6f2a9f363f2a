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
