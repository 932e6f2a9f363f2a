// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.LlmPolicies;
import io.github.llmbreaker.provider.LlmProviders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;

/**
 * Lets the breakers follow changed policies when Spring Cloud says that the environment
 * has changed: all of them, or none if one is not valid.
 */
final class PolicyReloadListener implements SmartApplicationListener {

	/** Known by name: nobody needs Spring Cloud. */
	private static final String CHANGE = "org.springframework.cloud.context.environment.EnvironmentChangeEvent";

	private static final Logger logger = LoggerFactory.getLogger(PolicyReloadListener.class);

	private final Environment environment;

	private final LlmProviders providers;

	private final ObjectProvider<FallbackBeans> fallbackBeans;

	private final LlmPolicies policies;

	private final BreakerRegistry registry;

	private final ReentrantLock reloading = new ReentrantLock();

	private LlmBreakerProperties current;

	PolicyReloadListener(Environment environment, LlmBreakerProperties current, LlmProviders providers,
			ObjectProvider<FallbackBeans> fallbackBeans, LlmPolicies policies, BreakerRegistry registry) {
		this.environment = environment;
		this.current = current.withPoliciesOf(current);
		this.providers = providers;
		this.fallbackBeans = fallbackBeans;
		this.policies = policies;
		this.registry = registry;
	}

	@Override
	public boolean supportsEventType(Class<? extends ApplicationEvent> type) {
		return CHANGE.equals(type.getName());
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		reload();
	}

	void reload() {
		this.reloading.lock();
		try {
			LlmBreakerProperties read = read();
			LlmBreakerProperties changed = this.current.withPoliciesOf(read);
			warnOfOthers(read.withPoliciesOf(this.current));
			if (!changed.equals(this.current)) {
				follow(changed);
			}
		}
		catch (LlmBreakerConfigurationException ex) {
			logger.error("The policies of the LLM breakers stay as they were: {}. {}", ex.getMessage(), ex.getAction());
		}
		catch (BindException ex) {
			logger.error("The policies of the LLM breakers stay as they were: '{}' can't be read: {}", ex.getName(),
					NestedExceptionUtils.getMostSpecificCause(ex).getMessage());
		}
		catch (RuntimeException ex) {
			logger.error("The policies of the LLM breakers stay as they were", ex);
		}
		finally {
			this.reloading.unlock();
		}
	}

	private LlmBreakerProperties read() {
		ConfiguredKeys.check(this.environment);
		return Binder.get(this.environment)
			.bindOrCreate(LlmBreakerProperties.PREFIX, Bindable.of(LlmBreakerProperties.class));
	}

	private void follow(LlmBreakerProperties changed) {
		changed.providers().keySet().forEach(this::requireProvider);
		ExpectedFallbackBeans beans = new ExpectedFallbackBeans(this.fallbackBeans);
		PolicyCatalog catalog = PolicyCatalog.checked(changed, this.providers, beans);
		// they are all there by now
		beans.afterSingletonsInstantiated();
		String names = String.join(", ", differences(this.current, changed));
		if (this.policies instanceof ReloadablePolicies reloadable) {
			reloadable.replaceBy(catalog);
		}
		this.current = changed;
		this.registry.policiesChanged();
		logger.info("The LLM breakers follow changed policies: {}", names);
	}

	private void requireProvider(String id) {
		if (this.providers.find(id).isEmpty()) {
			throw new LlmBreakerConfigurationException(LlmBreakerProperties.PREFIX + ".providers." + id, null,
					"is no provider that was there at the start", "Correct its name, or restart the application.");
		}
	}

	/** What is built at the start stays: clients, providers and who is told. */
	private void warnOfOthers(LlmBreakerProperties other) {
		TreeSet<String> keys = new TreeSet<>(differences(this.current, other));
		if (!keys.isEmpty()) {
			logger.warn("Changes of these properties need a restart: {}", String.join(", ", keys));
		}
	}

	private static List<String> differences(LlmBreakerProperties before, LlmBreakerProperties after) {
		List<String> names = new ArrayList<>();
		Map<String, Object> was = before.byKey();
		after.byKey().forEach((key, value) -> {
			if (value instanceof Map<?, ?> entries && was.get(key) instanceof Map<?, ?> entriesBefore) {
				differences(entriesBefore, entries).forEach((entry) -> names.add(key + "." + entry));
			}
			else if (!value.equals(was.get(key))) {
				names.add(key);
			}
		});
		return names;
	}

	private static Set<String> differences(Map<?, ?> before, Map<?, ?> after) {
		Set<String> keys = new TreeSet<>();
		Stream.of(before, after)
			.flatMap((map) -> map.keySet().stream())
			.filter((key) -> !Objects.equals(before.get(key), after.get(key)))
			.forEach((key) -> keys.add(key.toString()));
		return keys;
	}

}
