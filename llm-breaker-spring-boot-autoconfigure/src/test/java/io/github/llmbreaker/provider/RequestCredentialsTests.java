// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.provider.dialect.BuiltInDialects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of where credentials are found in requests, and what is left of them in names.
 */
class RequestCredentialsTests {

	private static final String SIGNED = "AWS4-HMAC-SHA256 Credential=AKIA1/20261128/us-east-1/bedrock/aws4_request, "
			+ "SignedHeaders=host;x-amz-date, Signature=%s";

	private final LlmProviders providers = new LlmProviders(BuiltInDialects.all(), List.of(), Partition.CREDENTIAL);

	@ParameterizedTest
	@CsvSource({ "openai,authorization,Bearer k1", "openai,authorization,bearer   k1", "openai,authorization,k1",
			"openai,x-api-key,k1", "azure-openai,api-key,k1", "azure-openai,authorization,Bearer k1",
			"anthropic,x-api-key,k1", "anthropic,authorization,Bearer k1", "google-gemini,x-goog-api-key,k1",
			"mistral,authorization,Bearer k1" })
	void keyIsTheSameByWhicheverHeaderItComes(String provider, String header, String value) {
		assertThat(credential(provider, "https://host/v1", Map.of(header, value))).isEqualTo("k1");
	}

	@ParameterizedTest
	@CsvSource({ "alt=sse&key=k1", "key=k1&alt=sse", "key=k%31" })
	void keyOfGoogleMayBeInTheQuery(String query) {
		assertThat(credential("google-gemini", "https://host/v1?" + query, Map.of())).isEqualTo("k1");
		assertThat(credential("google-vertex", "https://host/v1?" + query, Map.of())).isEqualTo("k1");
		assertThat(credential("openai", "https://host/v1?" + query, Map.of())).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "monkey=k1", "key=", "key", "key=&alt=sse" })
	void otherParametersAreNoKeys(String query) {
		assertThat(credential("google-gemini", "https://host/v1?" + query, Map.of())).isNull();
	}

	@Test
	void headerOfTheDialectGoesBeforeOthers() {
		assertThat(credential("anthropic", "https://host/", Map.of("authorization", "Bearer other", "x-api-key", "k1")))
			.isEqualTo("k1");
		assertThat(credential("openai", "https://host/", Map.of("authorization", "Bearer k1", "x-api-key", "other")))
			.isEqualTo("k1");
	}

	@Test
	void whoSignsIsTheSameWhateverIsSigned() {
		assertThat(credential("aws-bedrock", "https://host/", Map.of("authorization", SIGNED.formatted("aa"))))
			.isEqualTo(credential("aws-bedrock", "https://host/", Map.of("authorization", SIGNED.formatted("bb"))))
			.isEqualTo("AKIA1");
	}

	@Test
	void configuredKeyHasTheNameOfTheSameKeyInARequest() {
		LlmProvider mine = new LlmProvider("mine", this.providers.find("openai").orElseThrow().dialect(),
				List.of(URI.create("http://localhost:1/v1")), "k1");
		LlmProviders configured = new LlmProviders(BuiltInDialects.all(), List.of(mine), Partition.CREDENTIAL);
		LlmTarget target = configured.withConfiguredKey(LlmTarget.of("mine", "m"));
		IdentifiedCall call = new CallIdentifier(configured).identify(URI.create("http://localhost:1/v1/models"), null,
				"Bearer k1", (value, header) -> header.equals("Authorization") ? value : null);
		assertThat(call).isNotNull();
		assertThat(target.provider()).isEqualTo(call.name()).matches("mine@[0-9a-f]{8}");
		assertThat(configured.withConfiguredKey(LlmTarget.of("openai", "m")).provider()).isEqualTo("openai");
		assertThat(configured.withConfiguredKey(LlmTarget.of("mine@a", "m")).provider()).isEqualTo("mine@a");
	}

	@Test
	void withoutPartitionsNobodyLooksAtHeaders() {
		LlmProviders none = new LlmProviders(BuiltInDialects.all(), List.of());
		IdentifiedCall call = new CallIdentifier(none)
			.identify(URI.create("https://api.openai.com/v1/chat/completions"), null, "request", (request, header) -> {
				throw new IllegalStateException(header);
			});
		assertThat(call).isNotNull().extracting(IdentifiedCall::name).isEqualTo("openai");
	}

	private @Nullable String credential(String provider, String url, Map<String, String> headers) {
		return this.providers.find(provider)
			.orElseThrow()
			.dialect()
			.credential((name) -> headers.get(name.toLowerCase(Locale.ROOT)), URI.create(url));
	}

}
