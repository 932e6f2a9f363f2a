// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests of what a user sees when the configuration can't be.
 */
@ExtendWith(OutputCaptureExtension.class)
class ConfigurationFailureTests {

	@ParameterizedTest
	@DisplayName("Values that can't be stop the application, which says property, value, reason and fix")
	@CsvSource(delimiter = '|',
			textBlock = """
					defaults.failure-threshold           | 0      | must be at least 1              | Set it to 1 or more.
					defaults.failure-threshold           | -1     | must be at least 1              | Set it to 1 or more.
					defaults.window                      | -1s    | must not be negative            | or to 0s
					defaults.failure-rate-threshold      | 100.5  | must be between 0 and 100       | between 0 and 100
					defaults.failure-rate-threshold      | -1     | must be between 0 and 100       | between 0 and 100
					defaults.failure-rate-threshold      | NaN    | must be between 0 and 100       | between 0 and 100
					defaults.slow-call-duration          | 0s     | must be positive                | such as 30s
					defaults.slow-call-rate-threshold    | 101    | must be between 0 and 100       | between 0 and 100
					defaults.slow-call-factor            | 1      | must be more than 1             | such as 5
					defaults.false-alarms-per-day        | 0      | must be more than 0             | such as 0.1
					defaults.min-cooldown                | 0s     | must be positive                | such as
					defaults.slow-call-rate-threshold    | 0      | must be more than 0             | slow-call-duration
					defaults.cooldown                    | 0s     | must be positive                | such as 30s
					defaults.cooldown                    | -1s    | must be positive                | such as 30s
					defaults.cooldown-multiplier         | 0.9    | must be at least 1              | Set it to 1
					defaults.cooldown-jitter             | 1.1    | must be between 0 and 1         | between 0 and 1
					defaults.cooldown-jitter             | -0.1   | must be between 0 and 1         | between 0 and 1
					defaults.max-cooldown                | 0s     | must be positive                | such as 30s
					defaults.half-open-calls             | 0      | must be at least 1              | Set it to 1 or more.
					defaults.half-open-timeout           | 0s     | must be positive                | such as 30s
					defaults.count                       | SUCCESS | must not hold SUCCESS          | Remove SUCCESS
					defaults.count                       | CANCELLED | must not hold CANCELLED      | Remove CANCELLED
					defaults.response-timeout            | 0s     | must be positive                | such as 30s
					defaults.first-token-timeout         | -1s    | must be positive                | such as 30s
					defaults.idle-timeout                | 0s     | must be positive                | such as 30s
					defaults.total-timeout               | 0s     | must be positive                | such as 30s
					defaults.retry.max-retries           | -1     | must be at least 0              | Set it to 0 or more.
					defaults.retry.backoff               | -1s    | must not be negative            | or to 0s
					defaults.retry.max-backoff           | -1s    | must not be negative            | or to 0s
					defaults.retry.jitter                | 2      | must be between 0 and 1         | between 0 and 1
					defaults.retry.max-retry-after       | -1s    | must not be negative            | or to 0s
					defaults.retry.budget                | -1     | must be between 0 and 100       | between 0 and 100
					defaults.retry.budget                | 100.5  | must be between 0 and 100       | between 0 and 100
					policies.premium.retry.budget        | NaN    | must be between 0 and 100       | between 0 and 100
					defaults.retry.on                    | success | must not hold SUCCESS          | Remove SUCCESS
					defaults.fallbacks[0]                | nowhere:gpt-4 | there is no provider 'nowhere' | llm-breaker.providers.nowhere
					defaults.fallbacks[0]                | anthropic:claude | provider 'anthropic' has no API key | llm-breaker.providers.anthropic.api-key
					provider-defaults.cooldown           | 0s     | must be positive                | such as 30s
					provider-defaults.failure-threshold  | 0      | must be at least 1              | Set it to 1 or more.
					providers.openai.breaker.cooldown    | 0s     | must be positive                | such as 30s
					policies.premium.cooldown            | 0s     | must be positive                | such as 30s
					policies.premium.endpoints           | embeddings | needs a breaker per endpoint | llm-breaker.isolation
					max-breakers                         | 0      | must be at least 1              | Set it to 1 or more.
					providers.openai.dialect             | klingon | must be the id of a dialect    | anthropic
					providers.openai.base-urls[0]        | vllm/v1 | must be an http or https URL   | http://vllm.internal:8000/v1
					providers.openai.base-urls[0]        | ftp://x | must be an http or https URL   | http://vllm.internal:8000/v1
					providers.openai.base-urls[0]        | http:// | must be an http or https URL   | http://vllm.internal:8000/v1
					""")
	void valuesThatCantBe(String key, String value, String reason, String action, CapturedOutput output) {
		startFails("llm-breaker.policies.premium.models=gpt-4*", "llm-breaker." + key + "=" + value);
		assertThat(description(output)).contains("Property: llm-breaker." + key, reason, "Origin: ", value);
		assertThat(action(output)).contains(action);
	}

	@ParameterizedTest
	@DisplayName("Names that don't exist stop the application, which lists those that do")
	@CsvSource({ "defaults.count[0], RATE_LIMITTED, RATE_LIMITED", "defaults.retry.on[0], oops, SERVER_ERROR",
			"defaults.preset, harsh, STRICT", "policies.p.preset, harsh, GATEWAY", "mode, dry-run, OBSERVE",
			"isolation, host, ENDPOINT", "defaults.stream-recovery, magic, BUFFER" })
	void namesThatDontExist(String key, String value, String allowed, CapturedOutput output) {
		startFails("llm-breaker." + key + "=" + value);
		assertThat(description(output)).contains("Property: llm-breaker." + key, "Value: \"" + value + '"');
		assertThat(action(output)).contains(allowed);
	}

	@ParameterizedTest
	@CsvSource({ "defaults.cooldown, soon", "defaults.failure-threshold, many", "enabled, perhaps",
			"max-breakers, 1.5" })
	void valuesOfAnotherType(String key, String value, CapturedOutput output) {
		startFails("llm-breaker." + key + "=" + value);
		assertThat(output).contains("APPLICATION FAILED TO START").contains("llm-breaker." + key).contains(value);
	}

	@Test
	void lazyApplicationsFailAtTheStartToo(CapturedOutput output) {
		startFails("spring.main.lazy-initialization=true", "llm-breaker.defaults.cooldown=0s");
		assertThat(description(output)).contains("Property: llm-breaker.defaults.cooldown");
	}

	@Test
	void misspeltKeyStopsTheApplicationWithAHint(CapturedOutput output) {
		startFails("llm-breaker.defaults.cooldwon=10s");
		assertThat(description(output)).contains("Property: llm-breaker.defaults.cooldwon", "does not exist");
		assertThat(action(output)).contains("Did you mean 'llm-breaker.defaults.cooldown'?");
	}

	@ParameterizedTest
	@CsvSource({ "llm-breaker.defaults.cooldown, 5", "llm-breaker.policies.premium.total-timeout, 30",
			"llm-breaker.defaults.retry.backoff, +500", "llm-breaker.providers.openai.breaker.window, -10",
			"llmbreaker.defaults.max-cooldown, 300" })
	void durationsWithoutAUnitAreRefused(String key, String value, CapturedOutput output) {
		startFails("llm-breaker.policies.premium.models=gpt-4*", key + "=" + value);
		assertThat(description(output)).contains("Property: " + key, "has no unit", "Value: \"" + value + '"');
		assertThat(action(output)).contains("'" + value + "s' for seconds", "'" + value + "m' for minutes");
	}

	@Test
	void policiesWithTheSamePatternAreRefused(CapturedOutput output) {
		startFails("llm-breaker.policies.one.models=gpt-4*,o3", "llm-breaker.policies.two.models=o3");
		assertThat(description(output)).containsPattern("Property: llm-breaker.policies.(one|two).models")
			.containsPattern("has a pattern that policy '(one|two)' has, too");
		assertThat(action(output)).contains("Remove 'o3' from one of the two");
	}

	@Test
	void policiesForTheSameEndpointAreRefused(CapturedOutput output) {
		startFails("llm-breaker.isolation=endpoint", "llm-breaker.policies.one.endpoints=embeddings",
				"llm-breaker.policies.two.endpoints=embeddings,messages");
		assertThat(description(output)).containsPattern("Property: llm-breaker.policies.(one|two).endpoints");
	}

	@ParameterizedTest
	@CsvSource({ "[My-VLLM]", "[a_b]", "[-a]", "[a.b]", "[a:b]" })
	void malformedNamesOfProvidersAreRefused(String id, CapturedOutput output) {
		startFails("llm-breaker.providers" + id + ".base-urls=http://vllm:8000");
		assertThat(description(output)).contains("lower-case letters, digits and inner hyphens");
		assertThat(action(output)).contains("my-vllm");
	}

	@Test
	void providersThatClaimTheSameUrlAreRefused(CapturedOutput output) {
		startFails("llm-breaker.providers.one.base-urls=http://vllm:80/v1/",
				"llm-breaker.providers.two.base-urls=https://other,HTTP://VLLM/v1");
		assertThat(description(output)).contains("Origin: ")
			.containsPattern("Property: llm-breaker.providers.(one.base-urls\\[0]|two.base-urls\\[1])")
			.containsPattern("Value: \"(http://vllm:80/v1/|HTTP://VLLM/v1)\"")
			.containsPattern("is claimed by provider '(one|two)', too");
	}

	@ParameterizedTest
	@CsvSource({ "[x key], v4lue, must be named like an HTTP header", "Host, v4lue, only the HTTP client knows",
			"content-length, v4lue, only the HTTP client knows",
			"X-Key, 'v4lue\nX-Other: v4lue', must not hold line breaks" })
	void headersOfProvidersThatCantBe(String name, String value, String reason, CapturedOutput output) {
		startFails("llm-breaker.providers.openai.headers" + (name.startsWith("[") ? name : "." + name) + "=" + value);
		assertThat(description(output)).containsIgnoringCase("Property: llm-breaker.providers.openai.headers")
			.contains(reason);
		assertThat(output).doesNotContain("v4lue");
	}

	@Test
	void providerThatIsNotBuiltInNeedsBaseUrls(CapturedOutput output) {
		startFails("llm-breaker.providers.my-vllm.api-key=secret-of-mine");
		assertThat(description(output)).contains("Property: llm-breaker.providers.my-vllm.base-urls", "must be set");
		assertThat(output).doesNotContain("secret-of-mine");
	}

	@Test
	void credentialsInBaseUrlsAreRefusedButNotShown(CapturedOutput output) {
		startFails("llm-breaker.providers.my-vllm.base-urls=http://user:secret-of-mine@vllm:8000");
		assertThat(description(output)).contains("must not hold credentials");
		assertThat(output).doesNotContain("secret-of-mine");
	}

	@Test
	void policyWithoutTargetsStopsTheApplication(CapturedOutput output) {
		startFails("llm-breaker.policies.premium.cooldown=3s");
		assertThat(description(output)).contains("Property: llm-breaker.policies.premium.models",
				"must say which models");
	}

	@Test
	void policyWithAnEmptyPattern(CapturedOutput output) {
		startFails("llm-breaker.policies.premium.models[0]=gpt", "llm-breaker.policies.premium.models[1]=");
		assertThat(description(output)).contains("Property: llm-breaker.policies.premium.models", "empty");
	}

	@ParameterizedTest
	@CsvSource({ "defaults.models, x", "defaults.endpoints, x", "provider-defaults.models, x",
			"provider-defaults.fallbacks, x", "provider-defaults.total-timeout, 3s",
			"provider-defaults.retry.max-retries, 1", "providers.openai.breaker.stream-recovery, buffer" })
	void keysWithoutMeaningStopTheApplication(String key, String value, CapturedOutput output) {
		startFails("llm-breaker." + key + "=" + value);
		assertThat(description(output)).contains("llm-breaker." + key.replace(".max-retries", ""), "has no meaning");
	}

	@ParameterizedTest
	@DisplayName("Fallbacks that no call could take stop the application")
	@CsvSource(delimiter = '|', textBlock = """
			openai:gpt-4*    | anthropic:claude   |        | has no API key
			gpt-4*           | anthropic:claude   |        | has no API key
			openai:gpt-4*    | groq:llama         |        | has no API key
			openai:gpt-4*    | groq:              | groq   | must name a model
			openai:gpt-4*    | azure-openai:gpt-4 | azure-openai | has no base URL
			openai:gpt-4*    | anthropic:claude   | anthropic | has another API
			gpt-4*           | anthropic:claude   | anthropic | has another API
			anthropic:claude | openai:gpt-4       | openai | has another API
			ollama:*         | groq:llama-3       | groq   | has another API
			openai:gpt-4*    | opnai:gpt-4.1-mini |        | there is no provider 'opnai'
			""")
	void fallbacksOutOfReach(String models, String fallback, String keyOf, String reason, CapturedOutput output) {
		startFails("llm-breaker.policies.premium.models=" + models,
				"llm-breaker.policies.premium.fallbacks[0]=" + fallback,
				(keyOf != null) ? "llm-breaker.providers." + keyOf + ".api-key=k" : "some.other=key");
		assertThat(description(output)).contains("Property: llm-breaker.policies.premium.fallbacks[0]",
				"Value: \"" + fallback + '"', reason);
	}

	@Test
	void emptyKeyOfAFallbackStopsTheApplication(CapturedOutput output) {
		startFails("llm-breaker.policies.premium.models=gpt-4*", "llm-breaker.policies.premium.fallbacks[0]=groq:llama",
				"llm-breaker.providers.groq.api-key=");
		assertThat(description(output)).contains("Property: llm-breaker.policies.premium.fallbacks[0]",
				"provider 'groq' has no API key");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			openai:gpt-4*             | openai:gpt-4.1-mini  |
			gpt-4.1*,anthropic:claude | openai:gpt-4.1-mini  |
			openai:gpt-4*             | gpt-4.1-mini         |
			openai:gpt-4*             | groq:llama           | groq
			llama*                    | groq:llama-3         | groq
			llama3:*                  | llama3:8b            |
			ollama:*                  | qwen2.5:7b-instruct  |
			openrouter:*              | vendor/model:free    |
			openai:gpt-4*             | ft:gpt-4o:org:x      |
			openai:gpt-4*             | arn:aws:x            |
			claude*                   | anthropic:claude-x   |
			claude*                   | openrouter:anthropic/claude | openrouter
			""")
	void fallbacksWithinReachLetTheApplicationStart(String models, String fallback, String keyOf) {
		start("llm-breaker.policies.premium.models=" + models, "llm-breaker.policies.premium.fallbacks[0]=" + fallback,
				(keyOf != null) ? "llm-breaker.providers." + keyOf + ".api-key=k" : "some.other=key");
	}

	@Test
	void cooldownAboveItsCapIsCappedWithAWarning(CapturedOutput output) {
		start("llm-breaker.policies.premium.models=gpt-4*", "llm-breaker.policies.premium.cooldown=10m",
				"llm-breaker.provider-defaults.max-cooldown=10s");
		assertThat(output).contains("WARN")
			.contains("policy 'premium'")
			.contains("policy 'provider-defaults'")
			.doesNotContain("policy 'defaults'");
	}

	@Test
	void whileDisabledNothingIsChecked() {
		start("llm-breaker.enabled=false", "llm-breaker.defaults.cooldown=0s", "llm-breaker.unknown=1");
	}

	private static String description(CapturedOutput output) {
		return section(output, "Description:", "Action:");
	}

	private static String action(CapturedOutput output) {
		return section(output, "Action:", null);
	}

	private static String section(CapturedOutput output, String from, String to) {
		String all = output.getAll();
		assertThat(all).contains("APPLICATION FAILED TO START");
		int start = all.indexOf(from);
		return all.substring(start, (to != null) ? all.indexOf(to, start) : all.length());
	}

	private static void startFails(String... properties) {
		assertThatException().isThrownBy(() -> start(properties));
	}

	private static void start(String... properties) {
		Map<String, Object> map = new LinkedHashMap<>();
		Arrays.stream(properties).map((pair) -> pair.split("=", 2)).forEach((pair) -> map.put(pair[0], pair[1]));
		new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE).properties(map).run().close();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@ImportAutoConfiguration(LlmBreakerAutoConfiguration.class)
	static class Application {

	}

}
