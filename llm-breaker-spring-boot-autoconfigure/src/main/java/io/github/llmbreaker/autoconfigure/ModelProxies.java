// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.lang.reflect.Modifier;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.Arrays;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopConfigException;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.util.ClassUtils;

/**
 * Puts something around models that are beans. What is injected is of the model's own
 * class wherever that can be extended.
 */
final class ModelProxies {

	private ModelProxies() {
	}

	/**
	 * Returns a model whose calls go through something.
	 */
	static Object around(Object model, MethodInterceptor advice) {
		boolean extensible = !Modifier.isFinal(model.getClass().getModifiers());
		try {
			return proxy(model, extensible, advice);
		}
		catch (AopConfigException ex) {
			// such as a class without a visible constructor
			return proxy(model, false, advice);
		}
	}

	private static Object proxy(Object model, boolean extending, MethodInterceptor advice) {
		ProxyFactory proxy = new ProxyFactory(model);
		// it may be injected by its class
		proxy.setProxyTargetClass(extending);
		proxy.addAdvice(new ModelAdvice(advice));
		return proxy.getProxy(model.getClass().getClassLoader());
	}

	/**
	 * Returns the class that proxies of a class have, which ahead of time has to be made
	 * while the application is built.
	 */
	static Class<?> classOf(Class<?> type) {
		ProxyFactory proxy = new ProxyFactory();
		boolean extending = !type.isInterface() && !Modifier.isFinal(type.getModifiers());
		proxy.setProxyTargetClass(extending);
		if (extending) {
			proxy.setTargetClass(type);
		}
		else {
			proxy.setInterfaces(ClassUtils.getAllInterfacesForClass(type));
		}
		try {
			return proxy.getProxyClass(type.getClassLoader());
		}
		catch (AopConfigException ex) {
			return type;
		}
	}

	/**
	 * Returns a model as it is without what we have put around it.
	 */
	static Object without(Object model) {
		if (model instanceof Advised proxy && Arrays.stream(proxy.getAdvisors())
			.anyMatch((advisor) -> advisor.getAdvice() instanceof ModelAdvice)) {
			try {
				Object target = proxy.getTargetSource().getTarget();
				return (target != null) ? target : model;
			}
			catch (Exception ex) {
				throw new IllegalStateException("The target of one object is always there", ex);
			}
		}
		return model;
	}

	/**
	 * Makes the call of a model that is gone through.
	 */
	static @Nullable Object proceed(MethodInvocation invocation) throws Exception {
		try {
			return invocation.proceed();
		}
		catch (Exception | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new UndeclaredThrowableException(ex);
		}
	}

	/**
	 * Is known as ours.
	 *
	 * @param advice what is around the model
	 */
	private record ModelAdvice(MethodInterceptor advice) implements MethodInterceptor {

		@Override
		public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
			return this.advice.invoke(invocation);
		}

	}

}
