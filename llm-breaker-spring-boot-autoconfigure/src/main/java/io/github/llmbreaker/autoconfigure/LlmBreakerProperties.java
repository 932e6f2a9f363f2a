// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.llmbreaker.breaker.BreakerMode;
import io.github.llmbreaker.breaker.Isolation;
import io.github.llmbreaker.provider.Partition;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Everything that can be set under {@code llm-breaker}.
 *
 * @param enabled Whether calls are guarded at all.
 * @param mode Whether breakers reject calls, or only say what they would have rejected.
 * @param isolation What has a breaker of its own: each model, or each model at each
 * endpoint.
 * @param maxBreakers Greatest number of breakers that are kept, those of providers
 * included; idle closed ones are evicted first.
 * @param partition Whether calls with different API keys have breakers of their own.
 * @param defaults Policy of every model's breaker.
 * @param providerDefaults Policy of every provider's breaker.
 * @param policies Policies for some models, by a name of your choice.
 * @param providers LLM providers by id; well-known public ones need no entry.
 * @param keepLibraryRetries Whether vendors' SDKs, Spring AI, LangChain4j and Apache
 * HttpClient go on retrying by themselves where a policy has retries of its own.
 * @param okhttp Guarding of the vendors' SDKs that are built on OkHttp.
 * @param springAi Part in Spring AI besides its HTTP clients.
 * @param webclient Guarding of WebClient.
 * @param restclient Guarding of RestClient and RestTemplate.
 * @param health Part in the application's health.
 * @param web Answers to web requests whose call was rejected.
 * @param aop Guarding of methods.
 * @param langchain4j Guarding of LangChain4j's models.
 * @param observations Part in traces and other observations of Micrometer.
 * @param reload Following of changes while the application runs.
 * @param test Support for tests of the application.
 * @param alerts Messages to people about breakers that open and close.
 * @param fleet Sharing of what is known with other instances of the application.
 */
@ConfigurationProperties("llm-breaker")
record LlmBreakerProperties(@DefaultValue("true") boolean enabled, @DefaultValue("enforce") BreakerMode mode,
		@DefaultValue("model") Isolation isolation, @DefaultValue("1000") int maxBreakers,
		@DefaultValue("none") Partition partition, @NestedConfigurationProperty @DefaultValue PolicyProperties defaults,
		@NestedConfigurationProperty @DefaultValue PolicyProperties providerDefaults,
		Map<String, PolicyProperties> policies, Map<String, ProviderProperties> providers,
		@DefaultValue("false") boolean keepLibraryRetries, @DefaultValue OkHttpProperties okhttp,
		@DefaultValue SpringAiProperties springAi, @DefaultValue WebClientProperties webclient,
		@DefaultValue RestClientProperties restclient, @DefaultValue HealthProperties health,
		@DefaultValue WebProperties web, @DefaultValue AopProperties aop,
		@DefaultValue LangChain4jProperties langchain4j, @DefaultValue ObservationProperties observations,
		@DefaultValue ReloadProperties reload, @DefaultValue TestProperties test,
		@NestedConfigurationProperty @DefaultValue AlertProperties alerts, @DefaultValue FleetProperties fleet) {

	static final String PREFIX = "llm-breaker";

	LlmBreakerProperties {
		policies = merge(policies);
		providers = merge(providers);
	}

	/**
	 * Returns these properties with other policies. Everything else can't change while
	 * calls run.
	 */
	LlmBreakerProperties withPoliciesOf(LlmBreakerProperties other) {
		Map<String, ProviderProperties> merged = new LinkedHashMap<>();
		this.providers.forEach((id, provider) -> merged.put(id, provider.withBreakerOf(other.providers.get(id))));
		other.providers.forEach((id, provider) -> {
			if (provider.isBreakerOnly()) {
				merged.putIfAbsent(id, provider);
			}
		});
		merged.values().removeIf((provider) -> provider.isBreakerOnly() && provider.breaker() == null);
		return new LlmBreakerProperties(this.enabled, this.mode, this.isolation, this.maxBreakers, this.partition,
				other.defaults, other.providerDefaults, other.policies, merged, this.keepLibraryRetries, this.okhttp,
				this.springAi, this.webclient, this.restclient, this.health, this.web, this.aop, this.langchain4j,
				this.observations, this.reload, this.test, this.alerts, this.fleet);
	}

	/**
	 * Returns the policies of models.
	 */
	Stream<PolicyProperties> modelPolicies() {
		return Stream.concat(Stream.of(this.defaults), this.policies.values().stream());
	}

	/**
	 * Returns the values by their full keys; some have keys below their own.
	 */
	Map<String, Object> byKey() {
		Map<String, Object> values = new LinkedHashMap<>();
		values.put(PREFIX + ".enabled", this.enabled);
		values.put(PREFIX + ".mode", this.mode);
		values.put(PREFIX + ".isolation", this.isolation);
		values.put(PREFIX + ".max-breakers", this.maxBreakers);
		values.put(PREFIX + ".partition", this.partition);
		values.put(PREFIX + ".defaults", this.defaults);
		values.put(PREFIX + ".provider-defaults", this.providerDefaults);
		values.put(PREFIX + ".policies", this.policies);
		values.put(PREFIX + ".providers", this.providers);
		values.put(PREFIX + ".keep-library-retries", this.keepLibraryRetries);
		values.put(PREFIX + ".okhttp", this.okhttp);
		values.put(PREFIX + ".spring-ai", this.springAi);
		values.put(PREFIX + ".webclient", this.webclient);
		values.put(PREFIX + ".restclient", this.restclient);
		values.put(PREFIX + ".health", this.health);
		values.put(PREFIX + ".web", this.web);
		values.put(PREFIX + ".aop", this.aop);
		values.put(PREFIX + ".langchain4j", this.langchain4j);
		values.put(PREFIX + ".observations", this.observations);
		values.put(PREFIX + ".reload", this.reload);
		values.put(PREFIX + ".test", this.test);
		values.put(PREFIX + ".alerts", this.alerts);
		values.put(PREFIX + ".fleet", this.fleet);
		return values;
	}

	/**
	 * Undoes what environment variables do to the keys of maps: drops the entries that
	 * exist only because a variable can't spell a hyphen:
	 * {@code LLMBREAKER_PROVIDERS_MYVLLM_APIKEY} sets the key of {@code my-vllm}, but
	 * looks like a {@code myvllm} as well.
	 */
	private static <T> Map<String, T> merge(@Nullable Map<String, T> bound) {
		if (bound == null) {
			return Map.of();
		}
		Map<String, T> merged = new LinkedHashMap<>(bound);
		bound.keySet()
			.stream()
			.filter((key) -> key.contains("-"))
			.map((key) -> key.replace("-", ""))
			.collect(Collectors.toSet())
			.forEach(merged::remove);
		return merged;
	}

	/**
	 * How the vendors' SDKs that are built on OkHttp are guarded.
	 *
	 * @param enabled Whether the OkHttp clients inside of SDKs and Spring AI models that
	 * are beans are guarded.
	 */
	record OkHttpProperties(@DefaultValue("true") boolean enabled) {
	}

	/**
	 * Part in Spring AI.
	 *
	 * @param enabled Whether models of Spring AI are completed: by the fallback to
	 * another vendor's model, rejections that are no SDK's exceptions, and one layer of
	 * retries.
	 * @param models Names of the chat model beans by provider, where the type of a bean
	 * does not say which provider it asks.
	 */
	record SpringAiProperties(@DefaultValue("true") boolean enabled, Map<String, List<String>> models) {

		SpringAiProperties {
			models = merge(models);
		}

	}

	/**
	 * How WebClient is guarded.
	 *
	 * @param enabled Whether every WebClient that Spring Boot builds is guarded.
	 */
	record WebClientProperties(@DefaultValue("true") boolean enabled) {
	}

	/**
	 * How RestClient is guarded.
	 *
	 * @param enabled Whether every RestClient and RestTemplate that Spring Boot builds is
	 * guarded.
	 */
	record RestClientProperties(@DefaultValue("true") boolean enabled) {
	}

	/**
	 * Part in the application's health.
	 *
	 * @param criticalStatus Health status while the breakers of all models are open, such
	 * as DOWN or OUT_OF_SERVICE.
	 */
	record HealthProperties(@DefaultValue("UP") String criticalStatus) {
	}

	/**
	 * Answers to web requests whose call was rejected.
	 *
	 * @param enabled Whether an uncaught rejection becomes 503 with Retry-After.
	 */
	record WebProperties(@DefaultValue("true") boolean enabled) {
	}

	/**
	 * Part in traces and other observations of Micrometer.
	 *
	 * @param enabled Whether each guarded call is an observation, where there is an
	 * ObservationRegistry.
	 */
	record ObservationProperties(@DefaultValue("true") boolean enabled) {
	}

	/**
	 * Following of changes while the application runs.
	 *
	 * @param enabled Whether breakers follow policies that Spring Cloud says have
	 * changed.
	 */
	record ReloadProperties(@DefaultValue("true") boolean enabled) {
	}

	/**
	 * Support for tests of the application.
	 *
	 * @param reset Whether all breakers are reset after each test that has a Spring
	 * context.
	 */
	record TestProperties(@DefaultValue("true") boolean reset) {
	}

	/**
	 * How methods are guarded.
	 *
	 * @param enabled Whether annotated methods are guarded.
	 */
	record AopProperties(@DefaultValue("true") boolean enabled) {
	}

	/**
	 * Sharing of what is known with other instances of the application.
	 *
	 * @param enabled Whether instances that have a Redis in common share the state of
	 * their breakers.
	 * @param namespace What the instances that belong together have in common; the name
	 * of the application if not given.
	 */
	record FleetProperties(@DefaultValue("true") boolean enabled, @Nullable String namespace) {
	}

	/**
	 * How LangChain4j's models are guarded.
	 *
	 * @param enabled Whether models that are built without an HTTP client of their own,
	 * and those that are beans, are guarded.
	 * @param fallbackBeans Names of the model beans that answer for a provider when a
	 * call falls back to it and its request can't be sent there; found by their provider
	 * if not given.
	 */
	record LangChain4jProperties(@DefaultValue("true") boolean enabled, Map<String, List<String>> fallbackBeans) {

		LangChain4jProperties {
			fallbackBeans = merge(fallbackBeans);
		}

	}

}
