// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.provider.dialect.BuiltInDialects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether calls that nobody guards are noticed, and nothing more of them than their host.
 */
class UnguardedHostsTests {

	private final LlmProviders providers = new LlmProviders(BuiltInDialects.all(), List.of());

	private final CallIdentifier identifier = new CallIdentifier(this.providers);

	private final List<UnguardedHosts.Host> reported = new ArrayList<>();

	@BeforeEach
	void listen() {
		this.providers.unguarded().report(this.reported::add);
	}

	@ParameterizedTest
	@CsvSource({ "http://gpu.example:8000/v1/chat/completions,openai",
			"https://gw.example/llm/chat/completions/,openai", "https://gw.example/v1/completions,openai",
			"https://gw.example/v1/responses?x=secret,openai", "https://gw.example/v1/embeddings,openai",
			"https://gw.example/claude/v1/messages,anthropic",
			"https://gw.example/v1beta/models/x:streamGenerateContent?alt=sse,google-gemini",
			"https://gw.example/model/x/converse,aws-bedrock", "http://me:secret@my_host/v1/chat/completions,openai" })
	void callThatLooksLikeOneToAnLlmIsReportedOnce(URI url, String dialect) {
		for (int i = 0; i < 3; i++) {
			assertThat(this.identifier.identify(url, null)).isNull();
		}
		assertThat(this.providers.unguarded().hosts()).singleElement().satisfies((host) -> {
			assertThat(host.host()).isIn("gpu.example", "gw.example", "my_host");
			assertThat(host.hint()).contains("dialect: " + dialect)
				.contains(host.host())
				.doesNotContain("secret", "/llm", "/claude");
		});
		assertThat(this.reported).isEqualTo(this.providers.unguarded().hosts());
	}

	@Test
	void hintGuardsTheHost() {
		this.identifier.identify(URI.create("http://gpu.example:8000/v1/chat/completions"), null);
		assertThat(this.providers.unguarded().hosts().get(0).hint()).isEqualTo("""
				llm-breaker:
				  providers:
				    gpu-example:
				      dialect: openai
				      base-urls: ["http://gpu.example:8000"]
				""");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://shop.example/orders", "https://shop.example/", "https://shop.example",
			"https://shop.example/chat/completions/7", "https://shop.example/responses",
			"https://shop.example/messages", "https://api.openai.com/v1/chat/completions", "mailto:me@shop.example",
			"/v1/chat/completions" })
	void otherCallsAreNot(URI url) {
		this.identifier.identify(url, null);
		assertThat(this.providers.unguarded().hosts()).isEmpty();
	}

	@Test
	void callThatTheApplicationKnowsAboutIsNot() {
		URI url = URI.create("https://gw.example/v1/chat/completions");
		this.identifier.identify(url, LlmTarget.NONE);
		this.identifier.identify(url, LlmTarget.of("openai", "m"));
		assertThat(this.providers.unguarded().hosts()).isEmpty();
	}

	@Test
	void onlySoManyHostsAreKept() {
		for (int i = 0; i < 100; i++) {
			this.identifier.identify(URI.create("https://h" + i + ".example/v1/chat/completions"), null);
		}
		assertThat(this.providers.unguarded().hosts()).hasSize(20)
			.extracting(UnguardedHosts.Host::host)
			.contains("h0.example", "h19.example");
		assertThat(this.reported).hasSize(20);
	}

	@Test
	void nothingIsReportedWhereNothingIsGuarded() {
		LlmProviders none = new LlmProviders(List.of(), List.of());
		none.unguarded().see(URI.create("https://gw.example/v1/chat/completions"));
		assertThat(none.unguarded().hosts()).isEmpty();
	}

}
