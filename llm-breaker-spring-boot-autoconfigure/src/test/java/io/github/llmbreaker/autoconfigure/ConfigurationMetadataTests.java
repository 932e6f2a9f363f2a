// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.provider.LlmDialect;
import io.github.llmbreaker.provider.dialect.BuiltInDialects;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests of the metadata of the properties.
 */
class ConfigurationMetadataTests {

	private final ConfigurationMetadata metadata = new ConfigurationMetadata();

	@Test
	void everyPropertyHasADescription() {
		assertThat(this.metadata.properties()).hasSizeGreaterThan(40)
			.allSatisfy((property) -> assertThat(property.description()).as(property.name())
				.isNotBlank()
				.matches("[A-Z].*")
				.endsWith(".")
				.doesNotStartWith("The ")
				.doesNotContain("@", "{", "\n"));
		assertThat(this.metadata.ownProperties().filter((property) -> property.type().equals("java.lang.Boolean")))
			.allSatisfy((property) -> assertThat(property.description()).startsWith("Whether "));
	}

	@Test
	void onlyOptionalPropertiesHaveNoDefault() {
		assertThat(this.metadata.ownProperties().filter((property) -> property.defaultValue() == null))
			.extracting(ConfigurationMetadata.Property::name)
			.containsExactlyInAnyOrder("llm-breaker.defaults.slow-call-duration",
					"llm-breaker.defaults.slow-call-factor", "llm-breaker.defaults.fallbacks",
					"llm-breaker.defaults.response-timeout", "llm-breaker.defaults.first-token-timeout",
					"llm-breaker.defaults.idle-timeout", "llm-breaker.defaults.total-timeout",
					"llm-breaker.provider-defaults.preset", "llm-breaker.provider-defaults.slow-call-duration",
					"llm-breaker.provider-defaults.slow-call-factor", "llm-breaker.langchain4j.fallback-beans",
					"llm-breaker.policies", "llm-breaker.providers", "llm-breaker.alerts.webhook-url",
					"llm-breaker.alerts.slack-webhook-url", "llm-breaker.alerts.page-url",
					"llm-breaker.spring-ai.models", "llm-breaker.fleet.namespace");
	}

	@Test
	void defaultsAreTheRealOnes() {
		Map<String, String> defaults = new HashMap<>();
		this.metadata.ownProperties()
			.filter((property) -> property.defaultValue() != null)
			.forEach((property) -> defaults.put(property.name(), property.defaultValue()));
		LlmBreakerProperties explicit = new Binder(new MapConfigurationPropertySource(defaults))
			.bindOrCreate("llm-breaker", Bindable.of(LlmBreakerProperties.class));
		PolicyCatalog catalog = new PolicyCatalog(explicit, (id) -> false);
		// a number of probes that is set is meant exactly
		assertThat(catalog.forTarget(LlmTarget.of("openai", "gpt-4.1"))).usingRecursiveComparison()
			.ignoringFields("breaker.halfOpen.adaptive")
			.isEqualTo(BuiltInPolicies.MODEL);
		assertThat(catalog.forProvider("openai")).isEqualTo(BuiltInPolicies.PROVIDER);
		LlmBreakerProperties implicit = Bound.yaml("");
		assertThat(explicit).usingRecursiveComparison()
			.ignoringFields("defaults", "providerDefaults")
			.isEqualTo(implicit);
	}

	@Test
	void everyPropertyIsKnown() {
		assertThat(this.metadata.ownProperties()).allSatisfy((property) -> assertThatNoException()
			.as("add it to LlmBreakerProperties, or it is taken for a misspelling")
			.isThrownBy(() -> ConfiguredKeys.check(ConfigurationPropertyName.of(property.name()))));
	}

	@Test
	void hintsAreForPropertiesThatExist() {
		Set<String> names = new TreeSet<>();
		this.metadata.properties().forEach((property) -> names.add(property.name()));
		assertThat(this.metadata.hints()).isNotEmpty()
			.allSatisfy((hint) -> assertThat(names).contains(hint.replaceFirst("\\.keys$", "")));
	}

	@Test
	void hintsNameEveryBuiltInProvider() {
		assertThat(this.metadata.values("llm-breaker.providers.keys")).isSorted()
			.containsExactlyInAnyOrderElementsOf(BuiltInDialects.all()
				.stream()
				.filter((dialect) -> !dialect.hosts().isEmpty())
				.map(LlmDialect::id)
				.toList());
	}

	@Test
	void hintsNameEveryPreset() {
		assertThat(this.metadata.values("llm-breaker.defaults.preset")).hasSameSizeAs(PolicyPreset.values())
			.allSatisfy((preset) -> assertThat(Bound.yaml("llm-breaker.defaults.preset: " + preset).defaults().preset())
				.isNotNull());
	}

}
