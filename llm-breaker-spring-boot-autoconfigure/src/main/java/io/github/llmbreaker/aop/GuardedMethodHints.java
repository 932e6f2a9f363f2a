// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Keeps what guarded methods refer to in a native image: the methods that answer instead,
 * and the properties of arguments that name a model.
 */
final class GuardedMethodHints implements BeanRegistrationAotProcessor {

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
		Class<?> type = ClassUtils.getUserClass(bean.getBeanClass());
		Map<Method, GuardSpec> guarded = new LinkedHashMap<>();
		GuardSpec.forEach(type, guarded::put);
		return guarded.isEmpty() ? null : (generation, code) -> guarded
			.forEach((method, spec) -> register(generation.getRuntimeHints().reflection(), type, method, spec));
	}

	private static void register(ReflectionHints hints, Class<?> type, Method method, GuardSpec spec) {
		hints.registerType(method.getDeclaringClass());
		if (!spec.fallbackMethod().isEmpty()) {
			ReflectionUtils.doWithMethods(type, (fallback) -> hints.registerMethod(fallback, ExecutableMode.INVOKE),
					(fallback) -> fallback.getName().equals(spec.fallbackMethod()));
		}
		if (Stream.of(spec.provider(), spec.model()).anyMatch(GuardedMethodHints::readsProperty)) {
			new BindingReflectionHintsRegistrar().registerReflectionHints(hints, method.getGenericParameterTypes());
		}
	}

	private static boolean readsProperty(String text) {
		Matcher matcher = ArgumentText.REFERENCE.matcher(text);
		return matcher.matches() && matcher.group(2) != null;
	}

}
