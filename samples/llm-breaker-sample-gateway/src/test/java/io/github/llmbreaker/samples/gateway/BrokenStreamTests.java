// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.openai.client.OpenAIClientAsync;
import com.openai.client.okhttp.OpenAIOkHttpClientAsync;
import com.openai.errors.OpenAIException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.github.llmbreaker.LlmBreaker;
import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.testing.FakeAnswer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What the clients that people use make of a stream that breaks: none may take the half
 * for a whole.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = "spring.config.additional-location=classpath:gateway-tests.yml")
class BrokenStreamTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String MODEL = "alone";

	private static final Provider provider = new Provider();

	@Autowired
	private LlmBreakers breakers;

	private String url;

	private Caller caller;

	@DynamicPropertySource
	static void upstream(DynamicPropertyRegistry registry) {
		registry.add("gateway.upstream.base-url", provider::baseUrl);
	}

	@BeforeEach
	void breakOff(@LocalServerPort int port) {
		this.breakers.all().forEach(LlmBreaker::reset);
		this.url = "http://127.0.0.1:" + port + "/v1";
		this.caller = new Caller(port);
		provider.reset();
		provider.always(MODEL, broken());
	}

	private static FakeAnswer broken() {
		String[] words = new String[40];
		Arrays.fill(words, "word ");
		return Answers.beginning(MODEL, words).pause(Duration.ofMillis(200)).cut();
	}

	@Test
	void openAiJavaReportsAnError() {
		StringBuilder live = new StringBuilder();
		assertThatExceptionOfType(OpenAIException.class).isThrownBy(() -> this.caller.stream(MODEL, live));
		assertThat(live).startsWith("word ");
	}

	@Test
	void openAiJavaReportsAnErrorWithoutBlocking() {
		OpenAIClientAsync client = OpenAIOkHttpClientAsync.builder().baseUrl(this.url).apiKey("caller").build();
		CompletableFuture<Void> end = client.chat()
			.completions()
			.createStreaming(Caller.params(MODEL))
			.subscribe((chunk) -> {
			})
			.onCompleteFuture();
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> end.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join())
			.withCauseInstanceOf(OpenAIException.class);
		client.close();
	}

	@Test
	void langChain4jReportsAnError() {
		CompletableFuture<ChatResponse> end = new CompletableFuture<>();
		OpenAiStreamingChatModel.builder()
			.baseUrl(this.url)
			.apiKey("caller")
			.modelName(MODEL)
			.build()
			.chat("Hi", new StreamingChatResponseHandler() {

				@Override
				public void onPartialResponse(String text) {
				}

				@Override
				public void onCompleteResponse(ChatResponse response) {
					end.complete(response);
				}

				@Override
				public void onError(Throwable error) {
					end.completeExceptionally(error);
				}

			});
		assertThatThrownBy(() -> end.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join())
			.isInstanceOf(CompletionException.class)
			.cause()
			.isNotInstanceOf(TimeoutException.class);
	}

	@Test
	void springAiReportsAnError() {
		OpenAiChatOptions options = OpenAiChatOptions.builder().baseUrl(this.url).apiKey("caller").model(MODEL).build();
		OpenAiChatModel model = OpenAiChatModel.builder().options(options).build();
		assertThatThrownBy(() -> model.stream(new Prompt("Hi")).collectList().block(PATIENCE))
			.isInstanceOf(OpenAIException.class);
	}

	@Test
	void anErrorOfTheProviderBreaksTheStreamToo() {
		String error = "data: " + Answers.errorBody("server_error", "internal_error", "Something broke") + "\n\n";
		provider.always(MODEL,
				Answers.beginning(MODEL, "Half ").pause(Duration.ofMillis(200)).chunk(error).chunk(Answers.DONE));
		Wire wire = this.caller.wireStream(MODEL);
		assertThat(wire.body()).contains("Something broke")
			.containsOnlyOnce("data: {\"error\"")
			.doesNotContain("[DONE]");
		assertThat(wire.whole()).isFalse();
	}

	@Test
	void aWholeStreamEndsAsHttpSays() {
		provider.reset();
		assertThat(this.caller.wireStream(MODEL)).satisfies((wire) -> {
			assertThat(wire.whole()).isTrue();
			assertThat(wire.body()).endsWith("data: [DONE]\n\n");
			assertThat(wire.head()).contains("cache-control: no-cache", "x-accel-buffering: no");
		});
	}

}
