// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.request;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.github.llmbreaker.provider.AuthHeader;
import io.github.llmbreaker.provider.Cuts;
import io.github.llmbreaker.provider.IdentifiedCall;
import io.github.llmbreaker.provider.LlmDialect;
import io.github.llmbreaker.provider.LlmOperation;
import io.github.llmbreaker.provider.LlmProvider;
import io.github.llmbreaker.provider.PathDialect;
import io.github.llmbreaker.provider.dialect.BuiltInDialects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link RequestRewrite}.
 */
class RequestRewriteTests {

	private static final LlmDialect DIALECT = new PathDialect("openai", "*.openai.example", "api.openai.com");

	private static final URI URL = URI.create("https://api.openai.com/v1/chat/completions");

	@ParameterizedTest
	@CsvSource(quoteCharacter = '^', delimiter = '|', textBlock = """
			{"model":"a","x":1}|{"model":"new","x":1}
			^ { "x" : "\\"model\\":" ,"model" :  "a\\u0041" } ^|^ { "x" : "\\"model\\":" ,"model" :  "new" } ^
			{"m":{"model":"a"},"model":null}|{"m":{"model":"a"},"model":"new"}
			{"model":5}|{"model":"new"}
			{"é😀":"é😀","model":"é😀","z":"é😀"}|{"é😀":"é😀","model":"new","z":"é😀"}
			{"model":"a","model":"b"}|{"model":"new","model":"new"}
			{"model":"models/a"}|{"model":"models/new"}
			{"messages":[]}|{"model":"new","messages":[]}
			^ { } ^|^ {"model":"new" } ^
			{"model":{"id":1}}|{"model":{"id":1}}
			{"model":"a","cut|{"model":"new","cut
			["model"]|["model"]
			nonsense|nonsense
			""")
	void replacesTheTopLevelModelOnly(String json, String expected) {
		RequestRewrite rewrite = rewrite(URL, provider("openai", null), provider("openai", null), "new");
		assertThat(rewrite.json(Cuts.utf8(json))).isEqualTo(Cuts.utf8(expected));
	}

	@Test
	void handsOnWhatNeedsNoModel() {
		byte[] json = Cuts.utf8("{\"messages\":[]}");
		RequestRewrite rewrite = new RequestRewrite(
				new IdentifiedCall(provider("p", null), new LlmOperation("converse", "a", false), null), URL,
				provider("p", null), "new");
		assertThat(rewrite.json(json)).isSameAs(json);
		assertThat(rewrite.json(new byte[0])).isEmpty();
	}

	@Test
	void modelIsEscapedForJson() {
		RequestRewrite rewrite = rewrite(URL, provider("p", null), provider("p", null), "a\"\\\n\u00e9");
		String json = new String(rewrite.json(Cuts.utf8("{\"model\":\"x\"}")), StandardCharsets.UTF_8);
		assertThat(json).isEqualTo("{\"model\":\"a\\\"\\\\\\u000a\u00e9\"}");
		assertThat(RequestModels.scan(json)).isEqualTo("a\"\\\n\u00e9");
	}

	@Test
	void replacesTheModelPart() {
		String form = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\nname=\"model\"\r\nold\r\n"
				+ "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nold\r\n--b--\r\n";
		RequestRewrite rewrite = rewrite(URL, provider("p", null), provider("p", null), "new");
		byte[] rewritten = rewrite.multipart(Cuts.utf8(form), "multipart/form-data; boundary=b");
		assertThat(new String(rewritten)).isEqualTo(form.replace("\r\nold\r\n--b--", "\r\nnew\r\n--b--"));
		byte[] other = Cuts.utf8("--b\r\n\r\n--b--");
		assertThat(rewrite.multipart(other, "multipart/form-data; boundary=b")).isSameAs(other);
		assertThat(rewrite.multipart(other, "multipart/form-data")).isSameAs(other);
	}

	@ParameterizedTest
	@CsvSource({
			"https://api.openai.com/v1/chat/completions?beta=true,http://vllm:8000/v1,http://vllm:8000/v1/chat/completions?beta=true",
			"https://api.openai.com/v1/chat/completions,http://vllm:8000/,http://vllm:8000/v1/chat/completions",
			"https://api.openai.com/v1/a%2Fb,https://x.example/openai/v1/,https://x.example/openai/v1/a%2Fb",
			"http://old.example/base/v1/chat/completions,,https://api.openai.com/v1/chat/completions",
			"http://old.example/base/v1/chat/completions,https://x.example/p,https://x.example/p/v1/chat/completions",
			"http://old.example/base/v1/chat/completions,https://x.example/p/v2,https://x.example/p/v2/chat/completions",
			"http://plain.example/v1beta/models/x:y?alt=sse&key=secret,https://x.example,https://x.example/v1beta/models/x:y?alt=sse",
			"http://plain.example/v1/x?key=secret&Api-Key=y,https://x.example,https://x.example/v1/x",
			"http://elsewhere.example/token/v1/x,https://x.example/v1,https://x.example/v1/x",
			"http://elsewhere.example/x,https://x.example,https://x.example/x",
			"https://api.openai.com/llm/v1/x,https://x.example/v1,https://x.example/v1/llm/v1/x",
			"https://gateway.ai.cloudflare.com/v1/a/g/openai/chat/completions,https://x.example/v1,https://x.example/v1/chat/completions",
			"https://api.openai.com/openai/deployments/old/chat/completions?api-version=1,https://x.example,https://x.example/openai/deployments/new/chat/completions?api-version=1" })
	void movesToAnotherBaseUrl(URI url, @Nullable String newBase, URI expected) {
		LlmProvider from = provider("from", null, "http://old.example/base/v1", "http://old.example/base",
				"http://plain.example");
		LlmProvider to = (newBase != null) ? provider("to", "key", newBase) : provider("openai", "key");
		RequestRewrite rewrite = rewrite(url, from, to, "new");
		assertThat(rewrite.url()).isEqualTo(expected);
		assertThat(rewrite.isOtherProvider()).isTrue();
		assertThat(rewrite.ownHeaders()).containsExactly(new AuthHeader("Authorization", "Bearer key"));
	}

	@ParameterizedTest
	@CsvSource({ "groq,https://api.groq.com/openai/v1/chat/completions",
			"openai,https://api.openai.com/v1/chat/completions",
			"openrouter,https://openrouter.ai/api/v1/chat/completions",
			"fireworks,https://api.fireworks.ai/inference/v1/chat/completions",
			"github-models,https://models.github.ai/inference/chat/completions",
			"zhipu,https://open.bigmodel.cn/api/paas/v4/chat/completions",
			"volcengine,https://ark.cn-beijing.volces.com/api/v3/chat/completions",
			"dashscope,https://dashscope.aliyuncs.com/compatible-mode/v1/chat/completions",
			"venice,https://api.venice.ai/api/v1/chat/completions",
			"ollama,http://localhost:11434/v1/chat/completions" })
	void movesToBuiltInProvidersAndBack(String id, URI there) {
		LlmDialect dialect = builtIn(id);
		LlmProvider builtIn = new LlmProvider(id, dialect, List.of(), "key");
		LlmProvider mine = new LlmProvider("mine", dialect, List.of(URI.create("http://gw.example/llm/v1")), "key");
		URI here = URI.create("http://gw.example/llm/v1/chat/completions");
		assertThat(rewrite(here, mine, builtIn, "new").url()).isEqualTo(there);
		assertThat(rewrite(there, builtIn, mine, "new").url()).isEqualTo(here);
	}

	@ParameterizedTest
	@CsvSource({ "zhipu,https://open.bigmodel.cn/api/paas/v4/chat/completions",
			"zhipu,https://api.z.ai/api/coding/paas/v4/chat/completions",
			"volcengine,https://ark.ap-southeast.bytepluses.com/api/v3/chat/completions",
			"qianfan,https://qianfan.baidubce.com/v2/chat/completions",
			"cerebras,https://api.cerebras.ai/v1/chat/completions" })
	void versionOfTheFirstProviderIsItsOwn(String id, URI url) {
		LlmProvider from = new LlmProvider(id, builtIn(id), List.of(), "key");
		LlmProvider to = new LlmProvider("openai", builtIn("openai"), List.of(), "key");
		assertThat(rewrite(url, from, to, "new").url())
			.isEqualTo(URI.create("https://api.openai.com/v1/chat/completions"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "{'model_id':'a','x':1}|{'model_id':'new','x':1}",
					"{'model':'a','model_id':'b'}|{'model':'new','model_id':'b'}",
					"{'x':{'model_id':'b'}}|{'model':'new','x':{'model_id':'b'}}" })
	void putsTheModelWhereItWas(String body, String expected) {
		LlmProvider from = new LlmProvider("watsonx", builtIn("watsonx"), List.of(), "key");
		byte[] rewritten = rewrite(URI.create("https://us-south.ml.cloud.ibm.com/ml/v1/text/chat"), from, from, "new")
			.json(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
		assertThat(new String(rewritten, StandardCharsets.UTF_8)).isEqualTo(expected.replace('\'', '"'));
	}

	@Test
	void keepsThePrefixOfGemini() {
		LlmDialect dialect = builtIn("google-gemini");
		assertThat(dialect.modelName("models/gemini-x")).isEqualTo("gemini-x");
		assertThat(dialect.modelName("gemini-x")).isEqualTo("gemini-x");
	}

	@Test
	void keepsUrlAndCredentialsOfTheSameProvider() {
		URI url = URI.create("https://api.openai.com/openai/deployments/a/chat?key=k");
		RequestRewrite rewrite = rewrite(url, provider("p", "key"), provider("p", "key"), "new");
		assertThat(rewrite.url()).hasToString("https://api.openai.com/openai/deployments/new/chat?key=k");
		assertThat(rewrite.isOtherProvider()).isFalse();
		assertThat(rewrite.ownHeaders()).isEmpty();
	}

	@Test
	void needsABaseUrl() {
		LlmProvider nowhere = new LlmProvider("nowhere", new PathDialect("x", "*.x.example"), List.of(), null);
		RequestRewrite rewrite = rewrite(URL, provider("p", null), nowhere, "new");
		assertThatIllegalStateException().isThrownBy(rewrite::url).withMessageContaining("'nowhere'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "key=secret", "token=secret", "sig=secret", "api%5Fkey=secret", "%61pi-key=secret",
			"secret", "=secret", "x=1", "", "&", "alt=sse;key=secret", "alt=sse%26key%3Dsecret", "alt=a/b",
			"api-version=1+secret" })
	void dropsParametersThatCouldBeCredentials(String query) {
		assertThat(moved("http://old.example/base/v1/x?" + query)).isEqualTo("https://x.example/v1/x");
		assertThat(moved("http://old.example/base/v1/x?alt=sse&" + query + "&Api-Version=2024-10-21-preview"))
			.isEqualTo("https://x.example/v1/x?alt=sse&Api-Version=2024-10-21-preview");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "alt=sse", "%61lt=sse", "ALT=sse", "api-version=2024-10-21", "beta=true", "stream", "beta=" })
	void keepsParametersOfTheProtocol(String query) {
		assertThat(moved("http://old.example/base/v1/x?" + query)).isEqualTo("https://x.example/v1/x?" + query);
	}

	@Test
	void dropsUserInfoFragmentAndPathParameters() {
		assertThat(moved("http://me:secret@old.example/base/v1/x;token=secret/y;a#secret"))
			.isEqualTo("https://x.example/v1/x/y");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Authorization", "X-API-Key", "cf-aig-authorization", "X-Amz-Security-Token", "apikey",
			"Cookie", "OpenAI-Organization", "OpenAI-Project", "baggage", "X-Anything", "Proxy-Authorization", "Host",
			"Content-Length", "" })
	void keepsHeadersThatCouldBeCredentialsFromOtherProvidersOnly(String header) {
		assertThat(crossing().keeps(header)).isFalse();
		assertThat(rewrite(URL, provider("p", "key"), provider("p", "key"), "new").keeps(header)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Accept", "Accept-Language", "Content-Type", "User-Agent", "traceparent", "X-B3-TraceId",
			"Idempotency-Key", "X-Request-ID", "anthropic-version", "OpenAI-Beta" })
	void letsHarmlessHeadersPass(String header) {
		assertThat(crossing().keeps(header)).isTrue();
	}

	@Test
	void cleansHeadersThatAreAboutToBeWritten() {
		Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.putAll(Map.of("authorization", "secret", "x-mine", "secret", "Accept", "*/*", "Host", "x.example", "TE",
				"trailers", "x-team", "secret"));
		crossing().clean(headers.keySet(), headers::remove, headers::put);
		assertThat(headers).containsExactlyInAnyOrderEntriesOf(Map.of("authorization", "Basic own", "Accept", "*/*",
				"Host", "x.example", "TE", "trailers", "x-team", "ours"));
		rewrite(URL, provider("p", "key"), provider("p", "key"), "new").clean(Set.of("x"), headers::remove,
				headers::put);
		assertThat(headers).hasSize(5);
	}

	@Test
	void showsNoSecret() {
		assertThat(crossing().ownHeaders()).hasToString("[authorization: ***, X-Team: ***]");
		assertThat(crossing().provider().toString()).doesNotContain("own", "ours", "key");
	}

	private static String moved(String url) {
		return rewrite(URI.create(url), provider("from", null, "http://old.example/base/v1"),
				provider("to", "key", "https://x.example/v1"), "new")
			.url()
			.toString();
	}

	private static RequestRewrite crossing() {
		LlmProvider to = new LlmProvider("to", DIALECT, List.of(URI.create("https://x.example")), "key",
				Map.of("authorization", "Basic own", "X-Team", "ours"));
		return rewrite(URL, provider("from", null), to, "new");
	}

	private static RequestRewrite rewrite(URI url, LlmProvider from, LlmProvider to, String model) {
		return new RequestRewrite(new IdentifiedCall(from, DIALECT.operation(url.getRawPath()), null), url, to, model);
	}

	private static LlmProvider provider(String id, @Nullable String key, String... urls) {
		return new LlmProvider(id, DIALECT, Arrays.stream(urls).map(URI::create).toList(), key);
	}

	private static LlmDialect builtIn(String id) {
		return BuiltInDialects.all().stream().filter((dialect) -> dialect.id().equals(id)).findFirst().orElseThrow();
	}

}
