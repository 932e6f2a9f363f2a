// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.llmbreaker.breaker.FallbackModel;
import io.github.llmbreaker.provider.LlmProvider;
import io.github.llmbreaker.provider.LlmProviders;
import io.github.llmbreaker.provider.Spelling;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Finds out how a method is to be guarded, and whether it can be.
 */
final class GuardedMethodResolver {

	private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

	private final MethodGuards guards;

	private final ConfigurableBeanFactory beanFactory;

	GuardedMethodResolver(MethodGuards guards, ConfigurableBeanFactory beanFactory) {
		this.guards = guards;
		this.beanFactory = beanFactory;
	}

	/**
	 * Resolves a method.
	 * @param method the method as the class of the bean has it
	 * @param type the type of the bean
	 * @param spec what is written at it
	 * @throws InvalidLlmGuardedException if it cannot be
	 */
	GuardedMethod resolve(Method method, Class<?> type, GuardSpec spec) {
		CalledTarget target = target(method, type, spec);
		CallStyle style = CallStyles.of(method, type, this.guards);
		return new GuardedMethod(method, target, fallbackModels(method, spec, target), cache(method, type, spec),
				spec.fallbackMethod().isEmpty() ? null : FallbackMethods.find(method, type, spec.fallbackMethod()),
				style);
	}

	private CalledTarget target(Method method, Class<?> type, GuardSpec spec) {
		String provider = resolve(method, spec.provider());
		String model = resolve(method, spec.model());
		if (provider.isBlank()) {
			FallbackModel named = parse(model);
			if (named.provider() == null) {
				throw new InvalidLlmGuardedException(method, "does not say which provider it calls",
						"Set 'provider' at the method or its type, or write the model as 'provider:model' "
								+ "with the id of a known provider.");
			}
			provider = named.provider();
			model = named.model();
		}
		List<String> names = parameterNames(method, type);
		ArgumentText providerText = text(method, "provider", provider, names);
		if (providerText instanceof ArgumentText.Literal) {
			checkProvider(method, provider);
		}
		return new CalledTarget(providerText, text(method, "model", model, names), method.getParameterTypes());
	}

	/** A misspelt provider would have a breaker of its own that no other call shares. */
	private void checkProvider(Method method, String provider) {
		LlmProviders known = this.guards.guard().providers();
		if (known.find(provider).isEmpty()) {
			String id = provider.split("@", 2)[0];
			String action = Spelling.correct(id, known.all().stream().map(LlmProvider::id).toList())
				.map("Did you mean '%s'? Otherwise "::formatted)
				.orElse("Correct it, or ");
			throw new InvalidLlmGuardedException(method, "names the provider '%s', which is not known".formatted(id),
					action + "tell what it is with 'llm-breaker.providers.%s.base-urls'.".formatted(id));
		}
	}

	private ArgumentText text(Method method, String attribute, String value, List<String> names) {
		try {
			return ArgumentText.parse(value, names, method.getParameterCount());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidLlmGuardedException(method,
					"has the %s '%s', but %s".formatted(attribute, value, ex.getMessage()),
					"Name a parameter of the method (compiled with -parameters), or write '#p0' for the first one.");
		}
	}

	private List<FallbackModel> fallbackModels(Method method, GuardSpec spec, CalledTarget target) {
		if (!spec.fallbackModels().isEmpty() && !target.isReplaceable()) {
			throw new InvalidLlmGuardedException(method,
					"has fallback models, but its model is no parameter that could be replaced",
					"Make the model a parameter of type String and set model = \"#nameOfTheParameter\".");
		}
		return spec.fallbackModels().stream().map((model) -> parse(resolve(method, model))).toList();
	}

	private @Nullable AnswerCache cache(Method method, Class<?> type, GuardSpec spec) {
		if (spec.fallbackCache().isEmpty()) {
			return null;
		}
		int parameters = method.getParameterCount();
		return AnswerCache.find(this.beanFactory, method, resolve(method, spec.fallbackCache()),
				CallStyles.resultOf(method, type), CallStyles.isSuspending(method) ? parameters - 1 : parameters);
	}

	private FallbackModel parse(String name) {
		return FallbackModel.parse(name, (id) -> this.guards.guard().providers().find(id).isPresent());
	}

	private String resolve(Method method, String value) {
		String resolved = this.beanFactory.resolveEmbeddedValue(value);
		if (resolved != null && resolved.contains("${")) {
			throw new InvalidLlmGuardedException(method, "has a placeholder without a value: '%s'".formatted(resolved),
					"Set the property, or give it a default: '${name:default}'.");
		}
		return (resolved != null) ? resolved.trim() : "";
	}

	/**
	 * Returns the names of the parameters in all declarations of a method, one after the
	 * other.
	 */
	private static List<String> parameterNames(Method method, Class<?> type) {
		List<String> names = new ArrayList<>(namesIn(method));
		for (Class<?> implemented : ClassUtils.getAllInterfacesForClass(type)) {
			Method declared = ReflectionUtils.findMethod(implemented, method.getName(), method.getParameterTypes());
			if (declared != null) {
				names.addAll(namesIn(declared));
			}
		}
		return names;
	}

	private static List<String> namesIn(Method method) {
		@Nullable String[] names = NAMES.getParameterNames(method);
		return (names != null) ? Arrays.stream(names).map(String::valueOf).toList() : List.of();
	}

}
