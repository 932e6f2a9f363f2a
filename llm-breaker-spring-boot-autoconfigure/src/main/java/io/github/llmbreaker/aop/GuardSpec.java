// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.function.BiConsumer;

import io.github.llmbreaker.LlmGuarded;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * What is written at a guarded method and its type, merged.
 *
 * @param provider the provider; empty if left out
 * @param model the model; empty if left out
 * @param fallbackModels the models to call instead
 * @param fallbackMethod the method that answers instead; empty if there is none
 * @param fallbackCache the cache that answers instead; empty if there is none
 */
record GuardSpec(String provider, String model, List<String> fallbackModels, String fallbackMethod,
		String fallbackCache) {

	/**
	 * Finds what is written at a method.
	 * @return the annotation's values, or {@code null} if the method is not guarded
	 */
	static @Nullable GuardSpec find(Method method, Class<?> type) {
		MergedAnnotation<LlmGuarded> onMethod = annotation(
				MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY));
		if (!onMethod.isPresent() && !isUsersOwnPublic(method)) {
			return null;
		}
		MergedAnnotation<LlmGuarded> onType = annotation(MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY));
		if (!onMethod.isPresent()) {
			return onType.isPresent() ? of(onType).unlessFallback(method) : null;
		}
		return onType.isPresent() ? of(onMethod).orElse(of(onType)) : of(onMethod);
	}

	/**
	 * Finds all guarded methods of a type.
	 */
	static void forEach(Class<?> type, BiConsumer<Method, GuardSpec> action) {
		Class<?> userType = ClassUtils.getUserClass(type);
		ReflectionUtils.doWithMethods(userType, (method) -> {
			Method specific = AopUtils.getMostSpecificMethod(method, userType);
			GuardSpec spec = find(specific, userType);
			if (spec != null) {
				action.accept(specific, spec);
			}
		}, ReflectionUtils.USER_DECLARED_METHODS);
	}

	private static boolean isUsersOwnPublic(Method method) {
		return Modifier.isPublic(method.getModifiers()) && !ReflectionUtils.isObjectMethod(method);
	}

	private static MergedAnnotation<LlmGuarded> annotation(MergedAnnotations annotations) {
		return annotations.get(LlmGuarded.class);
	}

	private static GuardSpec of(MergedAnnotation<LlmGuarded> annotation) {
		return new GuardSpec(annotation.getString("provider"), annotation.getString("model"),
				List.of(annotation.getStringArray("fallbackModels")), annotation.getString("fallbackMethod"),
				annotation.getString("fallbackCache"));
	}

	private GuardSpec orElse(GuardSpec other) {
		return new GuardSpec(either(this.provider, other.provider), either(this.model, other.model),
				this.fallbackModels.isEmpty() ? other.fallbackModels : this.fallbackModels,
				either(this.fallbackMethod, other.fallbackMethod), either(this.fallbackCache, other.fallbackCache));
	}

	/**
	 * A method that answers instead of others is not guarded with them.
	 */
	private @Nullable GuardSpec unlessFallback(Method method) {
		return method.getName().equals(this.fallbackMethod) ? null : this;
	}

	private static String either(String value, String other) {
		return value.isEmpty() ? other : value;
	}

}
