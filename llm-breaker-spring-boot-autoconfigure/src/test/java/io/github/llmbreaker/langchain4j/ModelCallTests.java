// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.service.AiServices;
import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of calls that LangChain4j's models make.
 */
class ModelCallTests {

	private static final String[] RECOVERING = { "defaults.retry.max-retries=1", "defaults.retry.backoff=1ms",
			"defaults.retry.budget=0", "defaults.stream-recovery=buffer" };

	private ModelApplication application;

	@AfterEach
	void close() {
		if (this.application != null) {
			this.application.close();
		}
	}

	@Test
	void modelsOfAllProvidersAreGuarded() {
		this.application = new ModelApplication();
		Map<Class<? extends ChatModel>, FakeAnswer> answers = Map.of(OpenAiChatModel.class, ModelAnswers.openAi("yes"),
				AnthropicChatModel.class, ModelAnswers.anthropic("yes"), GoogleAiGeminiChatModel.class,
				ModelAnswers.gemini("yes"), OllamaChatModel.class, ModelAnswers.ollama("yes"));
		answers.forEach((type, answer) -> {
			this.application.first().enqueue(answer);
			assertThat(this.application.get(type).chat("hello")).isEqualTo("yes");
		});
		assertThat(this.application.awaitKinds(4)).hasSize(4).containsOnly(OutcomeKind.SUCCESS);
		for (String name : List.of("openai:gpt-4.1", "anthropic:claude", "google-gemini:gemini-2.5-flash",
				"ollama:llama3:8b")) {
			assertThat(this.application.breaker(name).state()).isEqualTo(BreakerState.CLOSED);
		}
	}

	@Test
	void streamsOfAllProvidersAreGuarded() {
		this.application = new ModelApplication();
		Map<Class<? extends StreamingChatModel>, FakeAnswer> answers = Map.of(OpenAiStreamingChatModel.class,
				ModelAnswers.openAiStream("y", "es"), AnthropicStreamingChatModel.class,
				ModelAnswers.anthropicStream("y", "es"), GoogleAiGeminiStreamingChatModel.class,
				ModelAnswers.geminiStream("yes"), OllamaStreamingChatModel.class, ModelAnswers.ollamaStream("y", "es"));
		answers.forEach((type, answer) -> {
			this.application.first().enqueue(answer);
			StreamedAnswer streamed = StreamedAnswer.of(this.application.get(type));
			assertThat(streamed.text()).isEqualTo("yes");
			assertThat(streamed.parts()).isEqualTo("yes");
		});
		assertThat(this.application.awaitKinds(4)).hasSize(4).containsOnly(OutcomeKind.SUCCESS);
	}

	@Test
	void openBreakerRejectsAtOnceAndWithoutARequest() {
		this.application = new ModelApplication();
		Map.of("openai:gpt-4.1", List.of(OpenAiChatModel.class, OpenAiStreamingChatModel.class), "anthropic:claude",
				List.of(AnthropicChatModel.class, AnthropicStreamingChatModel.class), "google-gemini:gemini-2.5-flash",
				List.of(GoogleAiGeminiChatModel.class, GoogleAiGeminiStreamingChatModel.class), "ollama:llama3:8b",
				List.of(OllamaChatModel.class, OllamaStreamingChatModel.class))
			.forEach((name, models) -> {
				this.application.open(name.substring(0, name.indexOf(':')), name.substring(name.indexOf(':') + 1));
				ChatModel model = (ChatModel) this.application.get(models.get(0));
				assertThatExceptionOfType(LlmCallRejectedException.class).isThrownBy(() -> model.chat("hello"));
				StreamedAnswer streamed = StreamedAnswer.of((StreamingChatModel) this.application.get(models.get(1)));
				assertThat(streamed.error()).isInstanceOf(LlmCallRejectedException.class);
				assertThat(streamed.ends()).hasSize(1);
			});
		assertThat(this.application.first().requestCount()).isZero();
	}

	@Test
	void rejectionReachesTheCallersOfServicesAndEmbeddings() {
		this.application = new ModelApplication();
		this.application.open("openai", "gpt-4.1");
		this.application.open("openai", "text-embedding-3-small");
		Assistant assistant = AiServices.create(Assistant.class, this.application.get(OpenAiChatModel.class));
		assertThatExceptionOfType(LlmCallRejectedException.class).isThrownBy(() -> assistant.answer("hello"));
		OpenAiEmbeddingModel embedding = this.application.get(OpenAiEmbeddingModel.class);
		assertThatExceptionOfType(LlmCallRejectedException.class).isThrownBy(() -> embedding.embed("hello"));
	}

	@Test
	void modelThatIsNoBeanIsGuardedAndNotCalledAgainAfterARejection() {
		this.application = new ModelApplication();
		this.application.open("openai", "gpt-4.1");
		OpenAiChatModel model = OpenAiChatModel.builder()
			.baseUrl(this.application.first().url() + "/v1")
			.apiKey("key")
			.modelName("gpt-4.1")
			.build();
		assertThatExceptionOfType(UnretriedCallException.class).isThrownBy(() -> model.chat("hello"))
			.withCauseInstanceOf(LlmCallRejectedException.class);
	}

	@Test
	void loginPageThatAClientAsksForInsteadIsNoAnswerOfTheProvider() {
		this.application = new ModelApplication();
		this.application.first()
			.enqueue(FakeAnswer.status(302).header("Location", "/login"),
					FakeAnswer.status(200).header("Content-Type", "text/html").body("<p>Sign in</p>"));
		HttpClient.Builder following = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS);
		OpenAiChatModel model = OpenAiChatModel.builder()
			.httpClientBuilder(
					LlmBreakerHttpClientBuilder.guarded(new JdkHttpClientBuilder().httpClientBuilder(following)))
			.baseUrl(this.application.first().url() + "/v1")
			.modelName("gpt-4.1")
			.maxRetries(0)
			.build();
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> model.chat("hello"));
		assertThat(this.application.awaitKinds(1)).containsExactly(OutcomeKind.CONNECT_ERROR);
	}

	@Test
	void errorWhoseBodyStallsIsThrownAfterAWhile() {
		this.application = new ModelApplication();
		this.application.first().always(FakeAnswer.status(503).header("Content-Length", "99").raw("beginning").stall());
		OpenAiChatModel model = OpenAiChatModel.builder()
			.baseUrl(this.application.first().url() + "/v1")
			.modelName("gpt-4.1")
			.maxRetries(0)
			.build();
		assertThat(CompletableFuture.supplyAsync(() -> model.chat("hello"))).failsWithin(Duration.ofSeconds(30))
			.withThrowableThat()
			.havingRootCause()
			.withMessage("beginning");
		assertThat(this.application.awaitKinds(1)).containsExactly(OutcomeKind.OVERLOADED);
		this.application.first().awaitDisconnect();
	}

	@Test
	void callIsRetriedAsItsPolicySaysAndNotByLangChain4jOnTop() {
		this.application = new ModelApplication(RECOVERING);
		this.application.first().always(FakeAnswer.json(503, "{}"));
		OpenAiChatModel model = this.application.get(OpenAiChatModel.class);
		assertThatExceptionOfType(InternalServerException.class).isThrownBy(() -> model.chat("hello"));
		assertThat(this.application.first().requestCount()).isEqualTo(2);
		this.application.first().always(FakeAnswer.json(429, ModelAnswers.RATE_LIMITED));
		assertThatExceptionOfType(RateLimitException.class).isThrownBy(() -> model.chat("hello"));
		assertThat(this.application.first().requestCount()).isEqualTo(4);
	}

	@Test
	void langChain4jRetriesWhereThePolicyHasNoRetries() {
		this.application = new ModelApplication();
		this.application.first().enqueue(FakeAnswer.json(503, "{}")).always(ModelAnswers.openAi("yes"));
		assertThat(this.application.get(OpenAiChatModel.class).chat("hello")).isEqualTo("yes");
		assertThat(this.application.awaitKinds(2)).containsExactly(OutcomeKind.OVERLOADED, OutcomeKind.SUCCESS);
	}

	@Test
	void langChain4jKeepsItsRetriesIfTheApplicationWantsThem() {
		this.application = new ModelApplication("defaults.retry.max-retries=1", "defaults.retry.backoff=1ms",
				"defaults.retry.budget=0", "keep-library-retries=true");
		this.application.first()
			.enqueue(FakeAnswer.json(503, "{}"), FakeAnswer.json(503, "{}"))
			.always(ModelAnswers.openAi("yes"));
		assertThat(this.application.get(OpenAiChatModel.class).chat("hello")).isEqualTo("yes");
		assertThat(this.application.first().requestCount()).isEqualTo(3);
	}

	@Test
	void waitOfTheProviderReachesTheBreaker() {
		this.application = new ModelApplication("defaults.failure-threshold=1");
		this.application.first().always(FakeAnswer.json(429, ModelAnswers.RATE_LIMITED).header("Retry-After", "77"));
		StreamedAnswer streamed = StreamedAnswer.of(this.application.get(OpenAiStreamingChatModel.class));
		assertThat(streamed.error()).isInstanceOf(RateLimitException.class);
		assertThat(this.application.awaitOutcomes(1).get(0).retryAfter()).isEqualTo(Duration.ofSeconds(77));
		OpenAiChatModel model = this.application.get(OpenAiChatModel.class);
		assertThatExceptionOfType(LlmCallRejectedException.class).isThrownBy(() -> model.chat("hello"))
			.satisfies((rejection) -> assertThat(rejection.getRetryAfter()).isGreaterThan(Duration.ofSeconds(60)));
	}

	@Test
	void clientMistakesPassAsTheyAreAndOpenNothing() {
		this.application = new ModelApplication(RECOVERING);
		this.application.first().always(FakeAnswer.json(400, """
				{"error":{"message":"too long","type":"invalid_request_error","code":"context_length_exceeded"}}"""));
		OpenAiChatModel model = this.application.get(OpenAiChatModel.class);
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> model.chat("hello"));
		assertThat(this.application.awaitKinds(1)).containsExactly(OutcomeKind.CONTEXT_LENGTH);
		assertThat(this.application.first().requestCount()).isEqualTo(1);
	}

	@Test
	void filteredContentIsNoError() {
		this.application = new ModelApplication();
		this.application.first()
			.always(FakeAnswer.sse(ModelAnswers.delta("y"),
					ModelAnswers.FINISH.replace("\"stop\"", "\"content_filter\""), ModelAnswers.DONE));
		assertThat(StreamedAnswer.of(this.application.get(OpenAiStreamingChatModel.class)).text()).isEqualTo("y");
		assertThat(this.application.awaitKinds(1)).containsExactly(OutcomeKind.CONTENT_FILTERED);
	}

	@Test
	void timeLimitsEndCallsOfEveryKind() {
		this.application = new ModelApplication("policies.slow.models=gpt-4.1", "policies.slow.response-timeout=100ms",
				"policies.slow.fallbacks=other");
		this.application.open("openai", "other");
		this.application.first()
			.always(FakeAnswer.raw().raw("HTTP/1.1 200 OK\r\nContent-Ty").pause(Duration.ofMillis(50)).stall());
		OpenAiChatModel model = this.application.get(OpenAiChatModel.class);
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> model.chat("hello"))
			.withMessageContaining("exceeded its response-timeout");
		StreamedAnswer streamed = StreamedAnswer.of(this.application.get(OpenAiStreamingChatModel.class));
		assertThat(streamed.error()).isInstanceOf(TimeoutException.class);
		assertThat(this.application.awaitKinds(2)).containsExactly(OutcomeKind.TIMEOUT, OutcomeKind.TIMEOUT);
	}

	@Test
	void streamThatLangChain4jWouldTakeForCompleteEndsWithAnError() {
		this.application = new ModelApplication();
		Function<FakeAnswer, StreamedAnswer> ask = (answer) -> {
			this.application.first().enqueue(answer);
			return StreamedAnswer.of(this.application.get(OpenAiStreamingChatModel.class));
		};
		String error = "data: " + ModelAnswers.RATE_LIMITED + "\n\n";
		StreamedAnswer reported = ask.apply(FakeAnswer.sse(ModelAnswers.delta("y"), error));
		assertThat(reported.error()).isInstanceOf(RateLimitException.class);
		StreamedAnswer stalled = ask.apply(FakeAnswer.sse(ModelAnswers.delta("y"), error).stall());
		assertThat(stalled.error()).isInstanceOf(RateLimitException.class);
		StreamedAnswer unfinished = ask.apply(FakeAnswer.sse(ModelAnswers.delta("y")));
		assertThat(unfinished.error()).isInstanceOf(InternalServerException.class);
		StreamedAnswer cut = ask.apply(FakeAnswer.sse(ModelAnswers.delta("y")).cut());
		assertThat(cut.error()).hasRootCauseInstanceOf(IOException.class);
		assertThat(List.of(reported, stalled, unfinished, cut)).allSatisfy((each) -> {
			assertThat(each.parts()).isEqualTo("y");
			assertThat(each.ends()).hasSize(1);
		});
		assertThat(this.application.awaitKinds(4)).containsExactly(OutcomeKind.RATE_LIMITED, OutcomeKind.RATE_LIMITED,
				OutcomeKind.STREAM_ERROR, OutcomeKind.STREAM_ERROR);
	}

	@Test
	void errorEventsThatTheModelReportsByItselfAreReportedOnce() {
		this.application = new ModelApplication();
		this.application.first()
			.enqueue(FakeAnswer.sse(ModelAnswers.event("error",
					"{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"no\"}}")));
		StreamedAnswer anthropic = StreamedAnswer.of(this.application.get(AnthropicStreamingChatModel.class));
		assertThat(anthropic.error()).hasMessageContaining("no");
		assertThat(this.application.awaitKinds(1)).containsExactly(OutcomeKind.OVERLOADED);
		this.application.first()
			.enqueue(FakeAnswer.chunked(200, "application/x-ndjson").chunk("{\"error\":\"out of memory\"}\n"));
		StreamedAnswer ollama = StreamedAnswer.of(this.application.get(OllamaStreamingChatModel.class));
		assertThat(ollama.error()).hasMessageContaining("out of memory");
		this.application.awaitKinds(2);
		assertThat(anthropic.ends()).hasSize(1);
		assertThat(ollama.ends()).hasSize(1);
	}

	@Test
	void heldStreamIsRetriedWhateverGoesWrong() {
		this.application = new ModelApplication("defaults.retry.max-retries=1", "defaults.retry.backoff=1ms",
				"defaults.retry.budget=0",
				"defaults.retry.on=RATE_LIMITED,OVERLOADED,SERVER_ERROR,CONNECT_ERROR,STREAM_ERROR,TIMEOUT",
				"defaults.stream-recovery=buffer", "defaults.first-token-timeout=2s", "defaults.idle-timeout=2s",
				"defaults.response-timeout=2s", "defaults.failure-threshold=50");
		String error = "data: " + ModelAnswers.RATE_LIMITED + "\n\n";
		for (FakeAnswer broken : List.of(FakeAnswer.json(503, "{}"), FakeAnswer.json(429, ModelAnswers.RATE_LIMITED),
				FakeAnswer.connectionReset(), FakeAnswer.disconnect(), FakeAnswer.silence(),
				FakeAnswer.sse(ModelAnswers.delta("n")).cut(), FakeAnswer.sse(ModelAnswers.delta("n")).reset(),
				FakeAnswer.sse(ModelAnswers.delta("n")).stall(), FakeAnswer.sse(ModelAnswers.delta("n"), error),
				FakeAnswer.sse(ModelAnswers.delta("n")),
				FakeAnswer.sse(ModelAnswers.delta("n"), "data: {\"choices\":[{\n\n", ModelAnswers.FINISH),
				FakeAnswer.sse(ModelAnswers.delta("n")).raw("zz\r\n"), FakeAnswer.sse())) {
			int before = this.application.first().requestCount();
			this.application.first().enqueue(broken, ModelAnswers.openAiStream("y", "es"));
			StreamedAnswer streamed = StreamedAnswer.of(this.application.get(OpenAiStreamingChatModel.class));
			assertThat(streamed.text()).isEqualTo("yes");
			assertThat(streamed.parts()).isEqualTo("yes");
			assertThat(this.application.first().requestCount() - before).isEqualTo(2);
		}
	}

	@Test
	void documentIsRetriedWhateverGoesWrong() {
		this.application = new ModelApplication("defaults.retry.max-retries=1", "defaults.retry.backoff=1ms",
				"defaults.retry.budget=0",
				"defaults.retry.on=RATE_LIMITED,OVERLOADED,SERVER_ERROR,CONNECT_ERROR,STREAM_ERROR,TIMEOUT",
				"defaults.response-timeout=2s", "defaults.failure-threshold=50");
		for (FakeAnswer broken : List.of(FakeAnswer.json(503, "{}"), FakeAnswer.json(429, ModelAnswers.RATE_LIMITED),
				FakeAnswer.connectionReset(), FakeAnswer.disconnect(), FakeAnswer.silence(),
				FakeAnswer.json(200, ModelAnswers.RATE_LIMITED), FakeAnswer.json(200, "{\"id\":"),
				FakeAnswer.json(200, "<html>"), FakeAnswer.status(200).header("Content-Type", "application/json"),
				FakeAnswer.chunked(200, "application/json").chunk("{\"id\":").cut())) {
			int before = this.application.first().requestCount();
			this.application.first().enqueue(broken, ModelAnswers.openAi("yes"));
			assertThat(this.application.get(OpenAiChatModel.class).chat("hello")).isEqualTo("yes");
			assertThat(this.application.first().requestCount() - before).isEqualTo(2);
		}
	}

	@Test
	void nothingThatCouldBeACredentialGoesToAnotherProvider() {
		this.application = new ModelApplication("policies.chat.models=gpt-4.1", "policies.chat.fallbacks=second:other",
				"policies.chat.stream-recovery=buffer");
		this.application.first().always(FakeAnswer.json(503, "{}"));
		this.application.second().enqueue(ModelAnswers.openAi("yes"), ModelAnswers.openAiStream("y", "es"));
		assertThat(this.application.get(OpenAiChatModel.class).chat("hello")).isEqualTo("yes");
		assertThat(StreamedAnswer.of(this.application.get(OpenAiStreamingChatModel.class)).text()).isEqualTo("yes");
		assertThat(this.application.first().requestCount()).isEqualTo(2);
		for (RecordedRequest request : this.application.second().requests()) {
			assertThat(request.path()).isEqualTo("/v1/chat/completions");
			assertThat(request.header("Authorization")).isEqualTo("Bearer second-key");
			assertThat(request.head()).doesNotContain("first-");
			assertThat(request.text()).contains("\"other\"").doesNotContain("gpt-4.1");
		}
	}

	@Test
	void callerWhoLeavesAStreamClosesItAndGivesItsPlaceBack() {
		this.application = new ModelApplication();
		this.application.first().enqueue(FakeAnswer.sse(ModelAnswers.delta("y")).stall());
		StreamedAnswer left = StreamedAnswer.leftBy(this.application.get(OpenAiStreamingChatModel.class));
		left.awaitBeginning();
		this.application.first().awaitDisconnect();
		assertThat(this.application.awaitKinds(1)).containsExactly(OutcomeKind.CANCELLED);
		assertThat(left.ends()).isEmpty();
	}

	@Test
	void flappingModelIsRejectedAndComesBack() {
		this.application = new ModelApplication("defaults.failure-threshold=3", "defaults.half-open-calls=1");
		this.application.first().always(FakeAnswer.json(503, "{}"));
		OpenAiChatModel model = this.application.get(OpenAiChatModel.class);
		assertThatExceptionOfType(InternalServerException.class).isThrownBy(() -> model.chat("hello"));
		assertThatExceptionOfType(LlmCallRejectedException.class).isThrownBy(() -> model.chat("hello"));
		assertThat(this.application.first().requestCount()).isEqualTo(3);
		this.application.first().always(ModelAnswers.openAi("yes"));
		this.application.breaker("openai:gpt-4.1").halfOpen();
		assertThat(model.chat("hello")).isEqualTo("yes");
		assertThat(this.application.breaker("openai:gpt-4.1").state()).isEqualTo(BreakerState.CLOSED);
	}

	interface Assistant {

		String answer(String question);

	}

}
