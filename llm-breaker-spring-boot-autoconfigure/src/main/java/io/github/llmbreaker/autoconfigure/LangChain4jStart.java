// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import io.github.llmbreaker.langchain4j.CallGuarding;
import io.github.llmbreaker.langchain4j.RunningApplications;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Guards the models that are built while an application starts and runs, from before its
 * first bean is made.
 */
final class LangChain4jStart implements BeanFactoryPostProcessor, DisposableBean {

	private @Nullable Runnable end;

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		this.end = RunningApplications.started(() -> beanFactory.getBean(CallGuarding.class));
	}

	@Override
	public void destroy() {
		if (this.end != null) {
			this.end.run();
		}
	}

}
