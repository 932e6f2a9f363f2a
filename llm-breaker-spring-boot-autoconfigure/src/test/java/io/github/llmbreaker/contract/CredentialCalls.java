// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.contract;

import java.io.IOException;
import java.net.CookieHandler;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.models.messages.MessageCreateParams;
import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.github.llmbreaker.langchain4j.LlmBreakerHttpClientBuilder;
import io.github.llmbreaker.okhttp.LlmBreakerOkHttpInterceptor;
import io.github.llmbreaker.okhttp.SdkClientBeanPostProcessor;
import io.github.llmbreaker.restclient.LlmBreakerClientHttpRequestInterceptor;
import io.github.llmbreaker.testing.Secrets;
import io.github.llmbreaker.webclient.LlmBreakerExchangeFilterFunction;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every way to give a credential to a provider, by client. What is special about the
 * engines of {@code WebClient} and {@code RestClient} is tested beside them.
 */
final class CredentialCalls {

	/** Those that are known, and one that nobody knows. */
	private static final List<String> HEADERS = List.of("Authorization", "x-api-key", "api-key", "x-goog-api-key",
			"Cookie", "X-Amz-Security-Token", "OpenAI-Organization", "OpenAI-Project", "x-my-own");

	/** The whole of a query, or a part of it. */
	private static final List<String> QUERIES = List.of("key=", "api_key=", "access_token=", "api%2Dkey=", "x=1&sig=");

	private static final String BODY = "{\"model\":\"big\",\"messages\":[]}";

	private static final String MARK = Secrets.MARK;

	private final ConfigurableApplicationContext context;

	private final String url;

	private final List<CredentialCall> all = new ArrayList<>();

	CredentialCalls(ConfigurableApplicationContext context, String url) {
		this.context = context;
		this.url = url;
		addPlainRequests();
		addOkHttp();
		addOpenAi();
		addOtherSdks();
		addLangChain4j();
		addLangChain4jClients();
	}

	List<CredentialCall> all() {
		return this.all;
	}

	private void add(String client, String way, CredentialCall.Work work) {
		add(client, way, CredentialDialect.OPENAI, work);
	}

	private void add(String client, String way, CredentialDialect dialect, CredentialCall.Work work) {
		this.all.add(new CredentialCall(client, way, dialect, work));
	}

	/** A header or a query that the request has from the beginning. */
	private void addPlainRequests() {
		for (PlainClient client : List.of(new PlainClient("WebClient", this::webClient),
				new PlainClient("RestClient", this::restClient),
				new PlainClient("OkHttp", (url, headers) -> okHttp(new OkHttpClient(), url, headers)),
				new PlainClient("LangChain4j's client",
						(url, headers) -> langChain4j(new JdkHttpClientBuilder(), url, headers)))) {
			for (String name : HEADERS) {
				add(client.name(), "header " + name, () -> client.call().send("", Map.of(name, "x=" + MARK)));
			}
			for (String query : QUERIES) {
				add(client.name(), "query " + query, () -> client.call().send("?" + query + MARK, Map.of()));
			}
		}
	}

	private void webClient(String query, Map<String, String> headers) {
		// one that runs later adds what it likes
		WebClient.builder()
			.filter(this.context.getBean(LlmBreakerExchangeFilterFunction.class))
			.filter((request, next) -> next
				.exchange(ClientRequest.from(request).header("x-late", MARK).cookie("late", MARK).build()))
			.defaultHeader("x-default", MARK)
			.build()
			.post()
			.uri(URI.create(this.url + "/v1/chat/completions" + query))
			.headers((sent) -> headers.forEach(sent::set))
			.header("Content-Type", "application/json")
			.bodyValue(BODY)
			.retrieve()
			.toBodilessEntity()
			.block();
	}

	private void restClient(String query, Map<String, String> headers) {
		RestClient.builder()
			.requestInterceptor(this.context.getBean(LlmBreakerClientHttpRequestInterceptor.class))
			.requestInterceptor((request, body, execution) -> {
				request.getHeaders().set("x-late", MARK);
				return execution.execute(request, body);
			})
			.defaultHeader("x-default", MARK)
			.build()
			.post()
			.uri(URI.create(this.url + "/v1/chat/completions" + query))
			.headers((sent) -> headers.forEach(sent::set))
			.header("Content-Type", "application/json")
			.body(BODY)
			.retrieve()
			.toBodilessEntity();
	}

	private void addOkHttp() {
		Interceptor adding = (chain) -> chain.proceed(spoilt(chain.request()));
		OkHttpClient plain = new OkHttpClient();
		addOkHttp("interceptor before", plain.newBuilder().addInterceptor(adding).build(), (client) -> client);
		addOkHttp("interceptor after", plain, (client) -> client.newBuilder().addInterceptor(adding).build());
		addOkHttp("interceptor that changes the URL", plain,
				(client) -> client.newBuilder()
					.addInterceptor((chain) -> chain.proceed(chain.request()
						.newBuilder()
						.url(chain.request().url().newBuilder().addQueryParameter("key", MARK).build())
						.build()))
					.build());
		addOkHttp("network interceptor", plain.newBuilder().addNetworkInterceptor(adding).build(), (client) -> client);
		addOkHttp("network interceptor after", plain,
				(client) -> client.newBuilder().addNetworkInterceptor(adding).build());
		addOkHttp("cookie jar", plain.newBuilder().cookieJar(new SecretCookies()).build(), (client) -> client);
		addOkHttp("cookie jar after", plain, (client) -> client.newBuilder().cookieJar(new SecretCookies()).build());
	}

	private void addOkHttp(String way, OkHttpClient before, UnaryOperator<OkHttpClient> after) {
		LlmBreakerOkHttpInterceptor guard = this.context.getBean(LlmBreakerOkHttpInterceptor.class);
		add("OkHttp", way, () -> send(after.apply(guard.guard(before)), "", Map.of()));
	}

	private void okHttp(OkHttpClient client, String query, Map<String, String> headers) throws IOException {
		send(this.context.getBean(LlmBreakerOkHttpInterceptor.class).guard(client), query, headers);
	}

	private void send(OkHttpClient client, String query, Map<String, String> headers) throws IOException {
		Request.Builder request = new Request.Builder().url(this.url + "/v1/chat/completions" + query)
			.post(RequestBody.create(BODY, MediaType.get("application/json")));
		headers.forEach(request::header);
		try (Response response = client.newCall(request.build()).execute()) {
			assertThat(response.code()).isEqualTo(200);
		}
	}

	private static Request spoilt(Request request) {
		Request.Builder builder = request.newBuilder();
		Secrets.put(builder::header);
		HEADERS.forEach((name) -> builder.header(name, "x=" + MARK));
		return builder.build();
	}

	private void addOpenAi() {
		addOpenAi("apiKey", (builder) -> builder.apiKey(MARK));
		addOpenAi("adminApiKey", (builder) -> builder.apiKey(MARK).adminApiKey(MARK));
		addOpenAi("organization and project", (builder) -> builder.apiKey(MARK).organization(MARK).project(MARK));
		addOpenAi("putHeader", (builder) -> builder.apiKey("k" + MARK).putHeader("x-my-own", MARK));
		addOpenAi("putQueryParam", (builder) -> builder.apiKey("k" + MARK).putQueryParam("key", MARK));
		add("openai-java", "headers and query of a request",
				() -> openAi((builder) -> builder.apiKey(MARK)).chat()
					.completions()
					.create(chat().putAdditionalHeader("x-my-own", MARK).putAdditionalQueryParam("sig", MARK).build()));
	}

	private void addOpenAi(String way, Consumer<OpenAIOkHttpClient.Builder> settings) {
		add("openai-java", way, () -> openAi(settings).chat().completions().create(chat().build()));
	}

	private OpenAIClient openAi(Consumer<OpenAIOkHttpClient.Builder> settings) {
		OpenAIOkHttpClient.Builder builder = OpenAIOkHttpClient.builder().baseUrl(this.url + "/v1").maxRetries(0);
		settings.accept(builder);
		return guarded(builder.build());
	}

	private static ChatCompletionCreateParams.Builder chat() {
		return ChatCompletionCreateParams.builder().model("big").addUserMessage("Hi");
	}

	private void addOtherSdks() {
		MessageCreateParams message = MessageCreateParams.builder()
			.model("big")
			.maxTokens(9)
			.addUserMessage("Hi")
			.build();
		addAnthropic("apiKey", (builder) -> builder.apiKey(MARK), message);
		addAnthropic("authToken", (builder) -> builder.authToken(MARK), message);
		addAnthropic("putHeader", (builder) -> builder.apiKey(MARK).putHeader("x-my-own", MARK), message);
		addAnthropic("putQueryParam", (builder) -> builder.apiKey(MARK).putQueryParam("key", MARK), message);
		add("google-genai", "apiKey and headers", CredentialDialect.GEMINI, () -> {
			HttpOptions options = HttpOptions.builder()
				.baseUrl(this.url + CredentialDialect.GEMINI.base())
				.headers(Map.of("x-my-own", MARK))
				.build();
			Client client = guarded(Client.builder().apiKey(MARK).httpOptions(options).build());
			assertThat(client.models.generateContent("big", "Hi", null).text()).isEqualTo("Hi");
		});
	}

	private void addAnthropic(String way, Consumer<AnthropicOkHttpClient.Builder> settings,
			MessageCreateParams message) {
		add("anthropic-java", way, CredentialDialect.ANTHROPIC, () -> {
			AnthropicOkHttpClient.Builder builder = AnthropicOkHttpClient.builder()
				.baseUrl(this.url + CredentialDialect.ANTHROPIC.base())
				.maxRetries(0);
			settings.accept(builder);
			guarded(builder.build()).messages().create(message);
		});
	}

	@SuppressWarnings("unchecked")
	private <T> T guarded(T client) {
		return (T) this.context.getBean(SdkClientBeanPostProcessor.class).postProcessAfterInitialization(client, "sdk");
	}

	private void addLangChain4j() {
		addLangChain4j("apiKey", (builder) -> builder.apiKey(MARK));
		addLangChain4j("organizationId and projectId",
				(builder) -> builder.apiKey(MARK).organizationId(MARK).projectId(MARK));
		addLangChain4j("customHeaders", (builder) -> builder.apiKey(MARK).customHeaders(secretHeaders()));
		addLangChain4j("customHeaders that are supplied",
				(builder) -> builder.apiKey(MARK).customHeaders(CredentialCalls::secretHeaders));
		addLangChain4j("customQueryParams", (builder) -> builder.apiKey(MARK).customQueryParams(Map.of("key", MARK)));
		add("LangChain4j Anthropic", "apiKey and customHeaders", CredentialDialect.ANTHROPIC,
				() -> AnthropicChatModel.builder()
					.baseUrl(this.url + CredentialDialect.ANTHROPIC.base() + "/v1")
					.apiKey(MARK)
					.customHeaders(secretHeaders())
					.modelName("big")
					.maxRetries(0)
					.build()
					.chat("Hi"));
		add("LangChain4j Gemini", "apiKey", CredentialDialect.GEMINI,
				() -> GoogleAiGeminiChatModel.builder()
					.baseUrl(this.url + CredentialDialect.GEMINI.base() + "/v1beta")
					.apiKey(MARK)
					.modelName("big")
					.maxRetries(0)
					.build()
					.chat("Hi"));
	}

	private void addLangChain4j(String way, Consumer<OpenAiChatModel.OpenAiChatModelBuilder> settings) {
		add("LangChain4j OpenAI", way, () -> {
			OpenAiChatModel.OpenAiChatModelBuilder builder = OpenAiChatModel.builder()
				.baseUrl(this.url + "/v1")
				.modelName("big")
				.maxRetries(0);
			settings.accept(builder);
			builder.build().chat("Hi");
		});
	}

	/** What the client below adds by itself. */
	private void addLangChain4jClients() {
		add("LangChain4j's client", "cookies of the JDK's client", () -> langChain4j(
				new JdkHttpClientBuilder().httpClientBuilder(HttpClient.newBuilder().cookieHandler(new CookiesOfAll())),
				"", Map.of()));
		add("LangChain4j's client", "another client that adds headers",
				() -> langChain4j(new AddingClientBuilder(), "", Map.of()));
	}

	private void langChain4j(HttpClientBuilder builder, String query, Map<String, String> headers) {
		HttpRequest.Builder request = HttpRequest.builder()
			.method(HttpMethod.POST)
			.url(this.url + "/v1/chat/completions" + query)
			.addHeader("Content-Type", "application/json")
			.body(BODY);
		headers.forEach((name, value) -> request.addHeader(name, value));
		LlmBreakerHttpClientBuilder.guarded(builder).build().execute(request.build());
	}

	private static Map<String, String> secretHeaders() {
		return HEADERS.stream()
			.filter((name) -> !name.equals("Authorization"))
			.collect(Collectors.toMap((name) -> name, (name) -> "x=" + MARK));
	}

	/**
	 * A client whose requests are told apart by URL and headers only.
	 *
	 * @param name its name
	 * @param call makes a call
	 */
	private record PlainClient(String name, Plain call) {
	}

	@FunctionalInterface
	private interface Plain {

		void send(String query, Map<String, String> headers) throws Exception;

	}

	/**
	 * Has a cookie for everybody.
	 */
	private static final class CookiesOfAll extends CookieHandler {

		@Override
		public Map<String, List<String>> get(URI uri, Map<String, List<String>> headers) {
			return Map.of("Cookie", List.of("session=" + MARK));
		}

		@Override
		public void put(URI uri, Map<String, List<String>> headers) {
		}

	}

	/**
	 * Has a cookie for everybody.
	 */
	private static final class SecretCookies implements CookieJar {

		@Override
		public List<Cookie> loadForRequest(HttpUrl url) {
			return List.of(new Cookie.Builder().name("session").value(MARK).domain(url.host()).build());
		}

		@Override
		public void saveFromResponse(HttpUrl url, List<Cookie> cookies) {
		}

	}

}
