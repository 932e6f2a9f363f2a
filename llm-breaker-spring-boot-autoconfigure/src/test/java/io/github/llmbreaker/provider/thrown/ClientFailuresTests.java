// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.thrown;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

import com.openai.core.http.Headers;
import com.openai.models.ErrorObject;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.provider.LlmProviders;
import io.github.llmbreaker.provider.dialect.BuiltInDialects;
import io.netty.handler.timeout.ReadTimeoutException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

import org.springframework.ai.retry.NonTransientAiException;
import org.springframework.ai.retry.TransientAiException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link ClientFailures} with the real exceptions of the libraries.
 */
class ClientFailuresTests {

	private static final LlmTarget OPENAI = LlmTarget.of("openai", "gpt-4.1");

	private static final LlmTarget ANTHROPIC = LlmTarget.of("anthropic", "claude-x");

	private static final String QUOTA = "{\"error\":{\"message\":\"no credit\",\"type\":\"insufficient_quota\","
			+ "\"code\":\"insufficient_quota\"}}";

	private static final String OVERLOADED = "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
			+ "\"message\":\"Overloaded\"}}";

	private final ClientFailures failures = new ClientFailures(new LlmProviders(BuiltInDialects.all(), List.of()),
			InstantSource.system());

	@Test
	void responseOfRestClientIsJudgedWithItsHeaders() {
		HttpHeaders headers = new HttpHeaders();
		headers.set("Retry-After", "7");
		CallOutcome outcome = openai(HttpClientErrorException.create(HttpStatusCode.valueOf(429), "", headers,
				new byte[0], StandardCharsets.UTF_8));
		assertOutcome(outcome, OutcomeKind.RATE_LIMITED, OutcomeScope.MODEL, 429);
		assertThat(outcome.retryAfter()).hasSeconds(7);
	}

	@Test
	void restClientResponseWithoutHeaders() {
		assertOutcome(openai(HttpClientErrorException.create(HttpStatusCode.valueOf(503), "", null, null, null)), 503);
	}

	@Test
	void bodyDecidesBetweenRateLimitAndCredit() {
		CallOutcome outcome = openai(webClient(429, new HttpHeaders(), QUOTA));
		assertOutcome(outcome, OutcomeKind.QUOTA_EXHAUSTED, OutcomeScope.PROVIDER, 429);
	}

	@Test
	void webClientResponseThatWasCut() {
		WebClientResponseException cut = webClient(200, new HttpHeaders(), "");
		cut.initCause(new EOFException());
		assertOutcome(openai(cut), OutcomeKind.STREAM_ERROR, OutcomeScope.MODEL, 200);
	}

	@Test
	void networkFailuresOfAllClientsAreKnown() {
		assertKind(openai(webClientRequest(new ConnectException("refused"))), OutcomeKind.CONNECT_ERROR);
		assertKind(openai(webClientRequest(ReadTimeoutException.INSTANCE)), OutcomeKind.TIMEOUT);
		assertKind(openai(new ResourceAccessException("x", new UnknownHostException("h"))), OutcomeKind.CONNECT_ERROR);
		assertKind(openai(new ResourceAccessException("x", new SocketTimeoutException("Read timed out"))),
				OutcomeKind.TIMEOUT);
		assertKind(openai(new TimeoutException()), OutcomeKind.TIMEOUT);
		assertKind(openai(new dev.langchain4j.exception.TimeoutException("slow")), OutcomeKind.TIMEOUT);
		assertThat(openai(new IOException("reset")).countsAsFailure()).isTrue();
	}

	@Test
	void exceptionsOfTheOpenAiLibraryAreKnown() {
		com.openai.errors.RateLimitException limited = com.openai.errors.RateLimitException.builder()
			.headers(Headers.builder().put("retry-after", "12").build())
			.error(openAiError("insufficient_quota"))
			.build();
		CallOutcome outcome = openai(new CompletionException(limited));
		assertOutcome(outcome, OutcomeKind.QUOTA_EXHAUSTED, OutcomeScope.PROVIDER, 429);
		assertThat(outcome.retryAfter()).isEqualTo(Duration.ofSeconds(12));
		assertKind(openai(com.openai.errors.UnauthorizedException.builder()
			.headers(Headers.builder().build())
			.error(openAiError("invalid_api_key"))
			.build()), OutcomeKind.AUTH);
		assertKind(openai(new com.openai.errors.OpenAIIoException("x", new InterruptedIOException("timeout"))),
				OutcomeKind.TIMEOUT);
		assertKind(openai(new com.openai.errors.OpenAIIoException("x")), OutcomeKind.CONNECT_ERROR);
	}

	@Test
	void errorEventInsideAGoodStreamIsThatError() {
		CallOutcome anthropic = this.failures.classify(com.anthropic.errors.SseException.builder()
			.statusCode(200)
			.headers(com.anthropic.core.http.Headers.builder().build())
			.body(anthropicBody("overloaded_error"))
			.build(), ANTHROPIC);
		assertThat(anthropic.kind()).isEqualTo(OutcomeKind.OVERLOADED);
		CallOutcome openai = openai(com.openai.errors.SseException.builder()
			.statusCode(200)
			.headers(Headers.builder().build())
			.error(openAiError("something_new"))
			.build());
		assertOutcome(openai, OutcomeKind.STREAM_ERROR, OutcomeScope.MODEL, 200);
	}

	@Test
	void exceptionsOfTheAnthropicLibraryAreKnown() {
		CallOutcome outcome = this.failures.classify(com.anthropic.errors.InternalServerException.builder()
			.statusCode(529)
			.headers(com.anthropic.core.http.Headers.builder().put("retry-after", "3").build())
			.body(anthropicBody("overloaded_error"))
			.build(), ANTHROPIC);
		assertOutcome(outcome, OutcomeKind.OVERLOADED, OutcomeScope.MODEL, 529);
		assertThat(outcome.retryAfter()).hasSeconds(3);
	}

	@Test
	void exceptionsOfLangchain4jAreKnown() {
		CallOutcome quota = openai(new RateLimitException(new HttpException(429, QUOTA)));
		assertOutcome(quota, OutcomeKind.QUOTA_EXHAUSTED, OutcomeScope.PROVIDER, 429);
		assertKind(openai(new RateLimitException("x")), OutcomeKind.RATE_LIMITED);
		assertKind(openai(new InternalServerException("x")), OutcomeKind.SERVER_ERROR);
		assertKind(openai(new AuthenticationException("x")), OutcomeKind.AUTH);
		assertKind(openai(new ModelNotFoundException("x")), OutcomeKind.MODEL_NOT_FOUND);
		assertKind(openai(new ContentFilteredException("x")), OutcomeKind.CONTENT_FILTERED);
		assertKind(openai(new InvalidRequestException("x")), OutcomeKind.CLIENT_ERROR);
	}

	@Test
	void statusAndBodyAreReadFromMessagesOfSpringAi() {
		assertOutcome(this.failures.classify(new TransientAiException("HTTP 529 - " + OVERLOADED), ANTHROPIC),
				OutcomeKind.OVERLOADED, OutcomeScope.MODEL, 529);
		assertOutcome(openai(new NonTransientAiException("429 - " + QUOTA)), OutcomeKind.QUOTA_EXHAUSTED,
				OutcomeScope.PROVIDER, 429);
		assertKind(openai(new NonTransientAiException("HTTP 401 - ")), OutcomeKind.AUTH);
		assertKind(openai(new TransientAiException("try later")), OutcomeKind.SERVER_ERROR);
		assertKind(openai(new NonTransientAiException("no generations")), OutcomeKind.CLIENT_ERROR);
	}

	@Test
	void googleLibraryKeepsTheStatusInTheCause() {
		CallOutcome outcome = this.failures.classify(
				new RuntimeException("Failed to generate content",
						new com.google.genai.errors.ClientException(429, "RESOURCE_EXHAUSTED", "slow \"down\"")),
				LlmTarget.of("gemini", "gemini-2.5-pro"));
		assertOutcome(outcome, OutcomeKind.RATE_LIMITED, OutcomeScope.MODEL, 429);
	}

	@Test
	void exceptionsOfTheAwsLibraryAreKnown() {
		CallOutcome outcome = this.failures.classify(
				new AwsServiceException(429, "ThrottlingException", "Too many requests", Map.of("retry-after", "4")),
				LlmTarget.of("bedrock", "anthropic.claude"));
		assertOutcome(outcome, OutcomeKind.RATE_LIMITED, OutcomeScope.MODEL, 429);
		assertThat(outcome.retryAfter()).hasSeconds(4);
	}

	@Test
	void wrappersAreLookedThroughUpToABoundAndInACircle() {
		Throwable wrapped = new ExecutionException(
				new UndeclaredThrowableException(new CompletionException(webClient(503, new HttpHeaders(), ""))));
		assertOutcome(openai(wrapped), 503);
		Throwable deep = webClient(503, new HttpHeaders(), "");
		for (int i = 0; i < 100; i++) {
			deep = new RuntimeException(deep);
		}
		assertThat(openai(deep).countsAsFailure()).isFalse();
		Exception one = new Exception();
		Exception other = new Exception(one);
		one.initCause(other);
		assertThat(openai(one).countsAsFailure()).isFalse();
	}

	@Test
	void whatIsTheApplicationsOwnBusinessIsNeutral() {
		List<Throwable> own = List.of(new IllegalArgumentException("x"), new NullPointerException(),
				new NoSuchFileException("prompt.txt"), new SQLException("x", new ConnectException("refused")),
				new DataAccessResourceFailureException("x", new SocketTimeoutException()), new OutOfMemoryError());
		assertThat(own).allSatisfy((failure) -> {
			assertThat(openai(failure).kind()).isEqualTo(OutcomeKind.CLIENT_ERROR);
			assertThat(openai(failure).scope()).isEqualTo(OutcomeScope.NONE);
			assertThat(openai(failure).countsAsFailure()).isFalse();
		});
	}

	@Test
	void cancelsAndRejectionsAreNeutral() {
		assertKind(openai(new InterruptedException()), OutcomeKind.CANCELLED);
		assertKind(openai(new CompletionException(new CancellationException())), OutcomeKind.CANCELLED);
		CallOutcome rejected = openai(new RuntimeException(
				new LlmCallRejectedException("x", OPENAI, BreakerState.OPEN, null, Duration.ZERO)));
		assertThat(rejected.countsAsFailure()).isFalse();
		assertThat(rejected.kind()).isEqualTo(OutcomeKind.CLIENT_ERROR);
	}

	@Test
	void unknownProvidersSpeakLikeOpenAi() {
		CallOutcome outcome = this.failures.classify(webClient(429, new HttpHeaders(), QUOTA),
				LlmTarget.of("in-house", "x"));
		assertThat(outcome.kind()).isEqualTo(OutcomeKind.QUOTA_EXHAUSTED);
	}

	private CallOutcome openai(Throwable failure) {
		return this.failures.classify(failure, OPENAI);
	}

	private static WebClientResponseException webClient(int status, HttpHeaders headers, String body) {
		return WebClientResponseException.create(status, "", headers, body.getBytes(StandardCharsets.UTF_8), null);
	}

	private static WebClientRequestException webClientRequest(Throwable cause) {
		return new WebClientRequestException(cause, HttpMethod.POST, URI.create("http://localhost"), new HttpHeaders());
	}

	private static ErrorObject openAiError(String code) {
		return ErrorObject.builder().code(code).message("x").param((String) null).type(code).build();
	}

	private static com.anthropic.core.JsonValue anthropicBody(String type) {
		return com.anthropic.core.JsonValue
			.from(Map.of("type", "error", "error", Map.of("type", type, "message", "x")));
	}

	private static void assertKind(CallOutcome outcome, OutcomeKind kind) {
		assertThat(outcome.kind()).isEqualTo(kind);
	}

	private static void assertOutcome(CallOutcome outcome, int status) {
		assertThat(outcome.status()).isEqualTo(status);
		assertThat(outcome.countsAsFailure()).isTrue();
	}

	private static void assertOutcome(CallOutcome outcome, OutcomeKind kind, OutcomeScope scope, int status) {
		assertThat(outcome.kind()).isEqualTo(kind);
		assertThat(outcome.scope()).isEqualTo(scope);
		assertOutcome(outcome, status);
	}

}
