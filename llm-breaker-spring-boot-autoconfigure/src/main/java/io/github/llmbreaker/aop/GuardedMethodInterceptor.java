// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodClassKey;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * Runs guarded methods of proxied beans.
 */
final class GuardedMethodInterceptor implements MethodInterceptor {

	private final SingletonSupplier<GuardedMethodResolver> resolver;

	private final Map<MethodClassKey, GuardedMethod> methods = new ConcurrentHashMap<>();

	GuardedMethodInterceptor(SingletonSupplier<GuardedMethodResolver> resolver) {
		this.resolver = resolver;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		GuardedMethod method = method(invocation);
		return method.style().run(GuardedCall.of(method, invocation));
	}

	/**
	 * Resolves all guarded methods of a type, so that what is wrong with them stops the
	 * application.
	 */
	void prepare(Class<?> type) {
		GuardSpec.forEach(type, (method, spec) -> {
			ProxiedMethods.check(method);
			guarded(method, ClassUtils.getUserClass(type), spec);
		});
	}

	private GuardedMethod method(MethodInvocation invocation) {
		Method method = invocation.getMethod();
		Object target = invocation.getThis();
		Class<?> type = ((target != null) ? target : ((ProxyMethodInvocation) invocation).getProxy()).getClass();
		MethodClassKey key = new MethodClassKey(method, type);
		GuardedMethod guarded = this.methods.get(key);
		if (guarded == null) {
			Class<?> userType = ClassUtils.getUserClass(type);
			Method specific = AopUtils.getMostSpecificMethod(method, userType);
			GuardSpec spec = GuardSpec.find(specific, userType);
			if (spec == null) {
				throw new IllegalStateException("Method '%s' is not guarded".formatted(method));
			}
			guarded = guarded(specific, userType, spec);
			this.methods.put(key, guarded);
		}
		return guarded;
	}

	private GuardedMethod guarded(Method specific, Class<?> type, GuardSpec spec) {
		return this.methods.computeIfAbsent(new MethodClassKey(specific, type),
				(key) -> this.resolver.obtain().resolve(specific, type, spec));
	}

}
