// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.net.URI;
import java.util.Arrays;
import java.util.List;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.provider.dialect.BuiltInDialects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link LlmProviders}.
 */
class LlmProvidersTests {

	private static final LlmDialect OPENAI = new PathDialect("openai", "api.openai.com");

	private final LlmProviders providers = new LlmProviders(
			List.of(OPENAI, new PathDialect("azure-openai", "*.openai.azure.com"),
					new PathDialect("aws-bedrock", "bedrock-runtime.*.amazonaws.com",
							"bedrock-runtime-fips.*.amazonaws.com", "*.bedrock-runtime.*.amazonaws.com"),
					new PathDialect("google-vertex", "aiplatform.googleapis.com", "*-aiplatform.googleapis.com"),
					new PathDialect("google-gemini", "generativelanguage.googleapis.com"),
					new PathDialect("github-models", "models.github.ai/inference"),
					new PathDialect("ollama", "localhost:11434"), new PathDialect("openai-compatible")),
			List.of(provider("vllm", "http://vllm.internal:8000/v1/"), provider("my_vllm", "http://my_vllm:8000"),
					provider("gateway", "https://api.corp.example/ai", "https://api.corp.example/ai/v2/"),
					provider("deep", "https://api.corp.example/ai/v2/deep"),
					provider("openai", "https://eu.openai.example"),
					provider("mine", "https://prod.openai.azure.com/mine"),
					provider("workers", "https://gateway.ai.cloudflare.com/v1/acc/gw/workers-ai")));

	@ParameterizedTest
	@CsvSource({ "https://api.openai.com/v1/chat/completions,openai", "https://API.OpenAI.com/v1,openai",
			"https://api.openai.com,openai", "https://api.openai.com:443/v1,openai",
			"https://api.openai.com./v1,openai", "https://user:pw@api.openai.com/v1,openai",
			"https://eu.openai.example:443/x,openai", "https://contoso.openai.azure.com/openai/v1,azure-openai",
			"https://prod.openai.azure.com/mine/x,mine", "https://prod.openai.azure.com/other,azure-openai",
			"https://bedrock-runtime-fips.us-east-1.amazonaws.com/model/x/converse,aws-bedrock",
			"https://vpce-0abc.bedrock-runtime.us-east-1.vpce.amazonaws.com/model/x,aws-bedrock",
			"https://us-east5-aiplatform.googleapis.com/v1,google-vertex",
			"https://aiplatform.googleapis.com/v1,google-vertex", "https://-aiplatform.googleapis.com/v1,",
			"https://models.github.ai/inference/chat/completions,github-models", "https://models.github.ai/catalog,",
			"http://localhost:11434/api/chat,ollama", "http://127.0.0.1:11434/api/chat,ollama",
			"http://127.8.9.1:11434/api/chat,ollama", "http://[::1]:11434/api/chat,ollama",
			"http://[0:0:0:0:0:0:0:1]:11434/api/chat,ollama", "http://localhost:8080/v1/chat/completions,",
			"http://127.evil.example:11434/api/chat,", "http://10.0.0.1:11434/api/chat,",
			"http://vllm.internal:8000/v1/chat/completions,vllm", "http://VLLM.internal:8000/v1,vllm",
			"http://vllm.internal:8000/v1beta,", "http://vllm.internal:8000/,", "https://vllm.internal:8000/v1/x,",
			"http://vllm.internal:8001/v1/x,", "http://my_vllm:8000/v1/x,my_vllm", "http://my_vllm:80/v1/x,",
			"https://api.corp.example/ai/x,gateway", "https://api.corp.example/ai/v2/x,gateway",
			"https://api.corp.example/ai/v2/deep,deep", "https://api.corp.example/ai/v2/deeper,gateway",
			"https://api.corp.example/other,",
			"https://gateway.ai.cloudflare.com/v1/acc/gw/openai/chat/completions,openai",
			"https://gateway.ai.cloudflare.com/v1/acc/gw/google-ai-studio/v1/models/x:generateContent,google-gemini",
			"https://gateway.ai.cloudflare.com/v1/acc/gw/workers-ai/x,workers",
			"https://gateway.ai.cloudflare.com/v1/acc/gw/unheard-of/x,", "https://gateway.ai.cloudflare.com/v1/acc/gw,",
			"https://gateway.ai.cloudflare.com,", "https://api.cars.example/v1/orders,", "https://openai.com/,",
			"https://api.openai.com.evil.example/v1,", "https://evil.example/api.openai.com/v1,", "/v1/chat,",
			"mailto:me@api.openai.com," })
	void routesByHostPortAndLongestPath(URI url, @Nullable String provider) {
		for (int i = 0; i < 2; i++) {
			LlmRoute route = this.providers.route(url);
			assertThat((route != null) ? route.provider().id() : null).isEqualTo(provider);
		}
	}

	@Test
	void asksTheDialectWithTheRawPath() {
		assertThat(operation("https://api.openai.com/v1/a%2Fb?x=1")).isEqualTo("/v1/a%2Fb");
		assertThat(operation("https://api.openai.com")).isEqualTo("/");
	}

	private String operation(String url) {
		LlmRoute route = this.providers.route(URI.create(url));
		assertThat(route).isNotNull();
		return route.operation().endpoint();
	}

	@Test
	void remembersOnlySoManyHosts() {
		for (int i = 0; i < 5000; i++) {
			assertThat(this.providers.route(URI.create("https://h" + i + ".example/"))).isNull();
			assertThat(this.providers.route(URI.create("https://h" + i + ".openai.azure.com/"))).isNotNull();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://vllm.internal:8000/v1", "HTTP://VLLM.internal:8000/v1/", "https://api.openai.com",
			"https://api.openai.com:443/", "http://localhost:11434" })
	void refusesTwoProvidersWithOneUrl(String url) {
		List<LlmDialect> dialects = List.of(OPENAI, new PathDialect("ollama", "localhost:11434"));
		List<LlmProvider> configured = List.of(provider("vllm", "http://vllm.internal:8000/v1"),
				provider("other", url));
		assertThatIllegalArgumentException().isThrownBy(() -> new LlmProviders(dialects, configured))
			.withMessageContaining("'other'")
			.withMessageMatching(".*'(vllm|openai|ollama)'.*")
			.withMessageContaining("://");
	}

	@ParameterizedTest
	@CsvSource({ "https://api.cloud.example/accounts/1/ai/run/x,cloud", "https://api.cloud.example/accounts/1/ai,cloud",
			"https://api.cloud.example/accounts/1/aide,", "https://api.cloud.example/accounts/1/2/ai/run,",
			"https://api.cloud.example/accounts//ai/run,", "https://api.cloud.example/accounts/1/images,",
			"https://part.example/ai/x,mine", "https://part.example/other,", "http://127.0.0.1:8000/v1/x,local",
			"http://localhost:8000/v1/x,local", "http://[::1]:8000/v1/x,local", "http://10.0.0.1:8000/v1/x,",
			"https://localhost:8000/v1/x," })
	void partsOfHostsAndLoopbacksHaveTheirOwners(URI url, @Nullable String provider) {
		LlmProviders some = new LlmProviders(
				List.of(new PathDialect("cloud", "api.cloud.example/accounts/*/ai"),
						new PathDialect("part", "part.example/ai")),
				List.of(provider("mine", "https://part.example/ai"), provider("local", "http://127.0.0.1:8000/v1")));
		LlmRoute route = some.route(url);
		assertThat((route != null) ? route.provider().id() : null).isEqualTo(provider);
	}

	@Test
	void loopbackNamesAreOneHost() {
		List<LlmProvider> configured = List.of(provider("one", "http://localhost:8000/v1"),
				provider("two", "http://127.0.0.1:8000/v1"));
		assertThatIllegalArgumentException().isThrownBy(() -> new LlmProviders(List.of(), configured))
			.withMessageContaining("'one' and 'two'");
	}

	@Test
	void refusesABaseUrlWithoutHost() {
		List<LlmProvider> configured = List.of(provider("vllm", "vllm.internal:8000/v1"));
		assertThatIllegalArgumentException().isThrownBy(() -> new LlmProviders(List.of(OPENAI), configured))
			.withMessageContaining("vllm.internal:8000/v1")
			.withMessageContaining("'vllm'");
	}

	@Test
	void laterDialectOfSameIdWins() {
		LlmDialect mine = new PathDialect("openai", "my.openai.example");
		LlmProviders some = new LlmProviders(List.of(OPENAI, mine), List.of());
		assertThat(some.route(URI.create("https://api.openai.com/v1"))).isNull();
		assertThat(some.route(URI.create("https://my.openai.example/v1"))).isNotNull();
		assertThat(some.find("openai")).get().extracting(LlmProvider::dialect).isSameAs(mine);
	}

	@Test
	void knowsItsProviders() {
		assertThat(this.providers.find("openai")).get()
			.extracting(LlmProvider::baseUrls)
			.isEqualTo(List.of(URI.create("https://eu.openai.example")));
		assertThat(this.providers.find("openai-compatible")).isEmpty();
		assertThat(this.providers.find("nobody")).isEmpty();
		assertThat(this.providers.all()).extracting(LlmProvider::id).isSorted().contains("vllm", "ollama", "openai");
	}

	@Test
	void modelInThePathWins() {
		LlmProvider provider = provider("p");
		IdentifiedCall path = new IdentifiedCall(provider, new LlmOperation("chat.completions", "deployment", true),
				null);
		assertThat(path.target("body")).isEqualTo(new LlmTarget("p", "chat.completions", "deployment"));
		IdentifiedCall body = new IdentifiedCall(provider, new LlmOperation("chat.completions", null, true), null);
		assertThat(body.target("body")).isEqualTo(new LlmTarget("p", "chat.completions", "body"));
		assertThat(body.target(null).model()).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "chat.completions,true", "embeddings,true", "models,false", "messages.count_tokens,false",
			"countTokens,false", "count-tokens,false", "unknown,false" })
	void knowsWhatIsInference(String endpoint, boolean expected) {
		assertThat(LlmProviders.isInference(endpoint)).isEqualTo(expected);
	}

	private static LlmProvider provider(String id, String... urls) {
		return new LlmProvider(id, OPENAI, Arrays.stream(urls).map(URI::create).toList(), null);
	}

	@Test
	void providersStandInForOthersThatSpeakTheSame() {
		LlmProvider openai = builtIn("openai", null);
		assertThat(builtIn("groq", "key").canStandInFor(openai)).isTrue();
		assertThat(builtIn("groq", null).canStandInFor(openai)).isFalse();
		assertThat(builtIn("openai", null).canStandInFor(openai)).isTrue();
		assertThat(builtIn("anthropic", "key").canStandInFor(openai)).isFalse();
		assertThat(builtIn("azure-openai", "key").hasAddress()).isFalse();
	}

	private static LlmProvider builtIn(String id, String key) {
		return BuiltInDialects.all()
			.stream()
			.filter((dialect) -> dialect.id().equals(id))
			.map((dialect) -> new LlmProvider(id, dialect, List.of(), key))
			.findFirst()
			.orElseThrow();
	}

}
