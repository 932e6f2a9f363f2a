// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.lang.reflect.Method;

import io.github.llmbreaker.LlmGuarded;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopConfigException;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.cache.interceptor.BeanFactoryCacheOperationSourceAdvisor;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;

/**
 * Puts a proxy in front of beans with {@link LlmGuarded} methods, as Spring does for
 * {@code @Retryable}: no weaver, and an existing proxy is used.
 *
 * @since 0.1.0
 */
public final class LlmGuardedBeanPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor {

	/**
	 * Before the post-processors of {@code @Retryable}, {@code @ConcurrencyLimit} and
	 * {@code @Async}, which put themselves outside of what is there.
	 */
	static final int ORDER = Ordered.LOWEST_PRECEDENCE - 100;

	private final transient GuardedMethodInterceptor interceptor;

	private @Nullable ConfigurableBeanFactory configurableBeanFactory;

	/**
	 * Creates it.
	 * @param guards what methods are guarded with; asked when the first guarded bean is
	 * made
	 */
	public LlmGuardedBeanPostProcessor(ObjectProvider<MethodGuards> guards) {
		setBeforeExistingAdvisors(true);
		setOrder(ORDER);
		this.interceptor = new GuardedMethodInterceptor(
				SingletonSupplier.of(() -> new GuardedMethodResolver(guards.getObject(), beanFactory())));
		this.advisor = new DefaultPointcutAdvisor(new GuardedPointcut(), this.interceptor);
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		super.setBeanFactory(beanFactory);
		this.configurableBeanFactory = (ConfigurableBeanFactory) beanFactory;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		Class<?> type = AopUtils.getTargetClass(bean);
		if (bean instanceof AopInfrastructureBean || !isEligible(type)) {
			return bean;
		}
		this.interceptor.prepare(type);
		if (bean instanceof Advised advised && !advised.isFrozen() && this.advisor != null) {
			advised.addAdvisor(insideOfCaching(advised), this.advisor);
			return bean;
		}
		return proxy(bean, beanName, type);
	}

	private Object proxy(Object bean, String beanName, Class<?> type) {
		Object proxy;
		try {
			proxy = super.postProcessAfterInitialization(bean, beanName);
		}
		catch (AopConfigException ex) {
			throw ProxiedMethods.unproxied(type, ex);
		}
		if (AopUtils.isCglibProxy(proxy)) {
			ProxiedMethods.checkOverridable(type);
		}
		return proxy;
	}

	/**
	 * Returns the position after {@code @Cacheable}: a cached answer needs no permit.
	 */
	private static int insideOfCaching(Advised advised) {
		for (int i = advised.getAdvisorCount() - 1; i >= 0; i--) {
			if (advised.getAdvisors()[i] instanceof BeanFactoryCacheOperationSourceAdvisor) {
				return i + 1;
			}
		}
		return 0;
	}

	private ConfigurableBeanFactory beanFactory() {
		Assert.state(this.configurableBeanFactory != null, "No BeanFactory");
		return this.configurableBeanFactory;
	}

	/**
	 * Matches guarded methods.
	 */
	private static final class GuardedPointcut extends StaticMethodMatcherPointcut {

		GuardedPointcut() {
			// sorts out classes that cannot have the annotation
			setClassFilter((type) -> AnnotationUtils.isCandidateClass(type, LlmGuarded.class));
		}

		@Override
		public boolean matches(Method method, Class<?> targetClass) {
			return GuardSpec.find(AopUtils.getMostSpecificMethod(method, targetClass), targetClass) != null;
		}

	}

}
