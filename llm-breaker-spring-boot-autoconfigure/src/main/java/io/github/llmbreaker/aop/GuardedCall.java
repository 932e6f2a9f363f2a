// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.lang.reflect.Method;

import io.github.llmbreaker.LlmTarget;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.ProxyMethodInvocation;

/**
 * One call of a guarded method.
 *
 * @param method the method
 * @param invocation the call as the proxy got it
 * @param target what it calls
 */
record GuardedCall(GuardedMethod method, MethodInvocation invocation, LlmTarget target) {

	static GuardedCall of(GuardedMethod method, MethodInvocation invocation) {
		return new GuardedCall(method, invocation, method.target().of(invocation.getArguments()));
	}

	/**
	 * Calls the method itself. To be used only if it is called once.
	 */
	@Nullable Object proceed() throws Throwable {
		return this.invocation.proceed();
	}

	/**
	 * Calls the method itself for a target, as often as needed.
	 */
	@Nullable Object proceed(LlmTarget other) throws Throwable {
		@Nullable Object[] arguments = this.invocation.getArguments();
		return ((ProxyMethodInvocation) this.invocation)
			.invocableClone(
					other.equals(this.target) ? arguments.clone() : this.method.target().argumentsFor(other, arguments))
			.proceed();
	}

	@Nullable Object[] arguments() {
		return this.invocation.getArguments();
	}

	/**
	 * Returns the object that has the method: the proxy if there is nothing behind it.
	 */
	Object bean() {
		Object bean = this.invocation.getThis();
		return (bean != null) ? bean : ((ProxyMethodInvocation) this.invocation).getProxy();
	}

	/**
	 * Keeps a result for later calls that fail.
	 */
	void remember(@Nullable Object result) {
		if (this.method.fallbackCache() != null) {
			this.method.fallbackCache().put(arguments(), result);
		}
	}

	/**
	 * Finds who answers where no model does: the cache, then the method.
	 * @return the substitute, or {@code null} if the error is to reach the caller
	 */
	@Nullable Substitute substitute(Throwable error) {
		Object kept = (this.method.fallbackCache() != null) ? this.method.fallbackCache().get(arguments()) : null;
		if (kept != null) {
			return new Substitute(kept, () -> kept);
		}
		FallbackMethods methods = this.method.fallbackMethod();
		Method other = (methods != null) ? methods.forError(error) : null;
		return (methods != null && other != null) ? new Substitute(null, () -> methods.call(other, this, error)) : null;
	}

	/**
	 * Answers for a call that no model can answer.
	 *
	 * @param kept the answer that was kept; {@code null} if a method answers
	 * @param source answers
	 */
	record Substitute(@Nullable Object kept, Source source) {

		@Nullable Object answer() throws Throwable {
			return this.source.get();
		}

	}

	/**
	 * Where an answer comes from.
	 */
	@FunctionalInterface
	interface Source {

		@Nullable Object get() throws Throwable;

	}

}
