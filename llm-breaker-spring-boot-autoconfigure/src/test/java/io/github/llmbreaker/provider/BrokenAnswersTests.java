// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

import com.anthropic.errors.AnthropicInvalidDataException;
import com.anthropic.errors.AnthropicIoException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.genai.errors.GenAiIOException;
import com.openai.errors.OpenAIInvalidDataException;
import com.openai.errors.OpenAIIoException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.internal.Json;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.provider.dialect.BuiltInDialects;
import io.github.llmbreaker.provider.thrown.ClientFailures;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.ai.retry.NonTransientAiException;
import org.springframework.core.codec.DecodingException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.mock.http.client.MockClientHttpResponse;
import org.springframework.web.client.RestClientException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests of {@link ClientFailures} with what libraries throw for answers that were cut, or
 * that are no JSON.
 */
class BrokenAnswersTests {

	private static final LlmTarget TARGET = LlmTarget.of("openai", "gpt-4.1");

	private final ClientFailures failures = new ClientFailures(new LlmProviders(BuiltInDialects.all(), List.of()),
			InstantSource.system());

	@Test
	void answerThatIsNoJsonIsAStreamErrorAsOnTheWire() {
		assertStreamError(new OpenAIInvalidDataException("Error reading response", syntaxError()));
		assertStreamError(new CompletionException(new AnthropicInvalidDataException("Error reading response")));
		assertStreamError(new AnthropicInvalidDataException("'message_start' event not received."));
		assertStreamError(new OpenAIInvalidDataException("`choices` is not set"));
		assertStreamError(new GenAiIOException("Failed to parse the JSON string.", syntaxError()));
		assertStreamError(new LangChain4jException("x", syntaxError()));
		assertStreamError(catchThrowable(() -> Json.fromJson("{\"id\":", Map.class)));
		assertStreamError(new NonTransientAiException("x", syntaxError()));
		assertStreamError(new DecodingException("JSON decoding error", syntaxError()));
		assertStreamError(new DecodingException("JSON decoding error", newSyntaxError()));
		assertStreamError(new RestClientException("Error while extracting response",
				new HttpMessageNotReadableException("JSON parse error", newSyntaxError(), response())));
	}

	@Test
	void answerThatIsNoJsonKeepsItsStatus() {
		WebClientResponseException exception = WebClientResponseException.create(200, "", new HttpHeaders(),
				new byte[0], null);
		exception.initCause(new DecodingException("JSON decoding error", syntaxError()));
		assertThat(classify(exception)).isEqualTo(streamError(200));
	}

	@Test
	void answerThatWasCutWhileALibraryReadItIsAStreamError() {
		for (IOException cut : List.of(new EOFException(), new ProtocolException("unexpected end of stream"),
				new IOException("unexpected end of stream on http://localhost"), new StreamResetException())) {
			assertStreamError(new OpenAIInvalidDataException("Error reading response", cut));
			assertStreamError(new OpenAIIoException("Stream failed", cut));
			assertStreamError(new AnthropicIoException("Stream failed", cut));
			assertStreamError(new GenAiIOException("Failed to read next JSON object from the stream", cut));
			assertStreamError(new DecodingException("x", cut));
			assertThat(classify(new OpenAIIoException("Request failed", cut)).kind())
				.isEqualTo(OutcomeKind.SERVER_ERROR);
		}
		assertThat(
				classify(new OpenAIInvalidDataException("Error reading response", new SocketTimeoutException())).kind())
			.isEqualTo(OutcomeKind.TIMEOUT);
		assertStreamError(new AnthropicIoException("Stream failed"));
	}

	@Test
	void whatInterruptsAnAnswerThatHadStartedIsAStreamError() {
		for (Throwable cut : List.of(new EOFException(), new OpenAIIoException("Request failed", new EOFException()),
				new OpenAIIoException("Request failed", new ProtocolException("unexpected end of stream")),
				new AnthropicIoException("Request failed", new StreamResetException()),
				new AnthropicIoException("Request failed"), new RuntimeException(new ConnectException()))) {
			assertThat(this.failures.classify(cut, TARGET, true)).isEqualTo(streamError(null));
			assertThat(classify(cut).kind()).isIn(OutcomeKind.SERVER_ERROR, OutcomeKind.CONNECT_ERROR);
		}
		assertThat(this.failures.classify(new SocketTimeoutException(), TARGET, true).kind())
			.isEqualTo(OutcomeKind.TIMEOUT);
		assertThat(this.failures.classify(new IllegalArgumentException(), TARGET, true).countsAsFailure()).isFalse();
	}

	@Test
	void whatTheModelWroteAndWhatTheApplicationReadsAreNeutral() {
		for (Throwable own : List.of(syntaxError(), newSyntaxError(), new RuntimeException(syntaxError()),
				new OpenAIInvalidDataException("Error parsing JSON: {", syntaxError()),
				new AnthropicInvalidDataException("Unable to parse tool parameter JSON from model. Error: x"),
				new GenAiIOException("Failed to serialize the object to JSON.", mappingError()),
				new DecodingException("x", mappingError()), new LangChain4jException("x"))) {
			assertThat(classify(own).kind()).as(own.toString()).isEqualTo(OutcomeKind.CLIENT_ERROR);
			assertThat(classify(own).countsAsFailure()).isFalse();
		}
	}

	private void assertStreamError(Throwable failure) {
		assertThat(classify(failure)).as(failure.toString()).isEqualTo(streamError(null));
	}

	private CallOutcome classify(Throwable failure) {
		return this.failures.classify(failure, TARGET);
	}

	private static CallOutcome streamError(@Nullable Integer status) {
		return new CallOutcome(OutcomeKind.STREAM_ERROR, OutcomeScope.MODEL, true, null, status);
	}

	private static Throwable syntaxError() {
		Throwable error = catchThrowable(
				() -> new com.fasterxml.jackson.databind.ObjectMapper().readTree("{\"id\":\"x\",\"choices\":[{"));
		assertThat(error).isInstanceOf(JsonProcessingException.class);
		return error;
	}

	private static Throwable newSyntaxError() {
		return catchThrowable(() -> JsonMapper.builder().build().readTree("<html>"));
	}

	private static Throwable mappingError() {
		return catchThrowable(
				() -> new com.fasterxml.jackson.databind.ObjectMapper().readValue("{\"id\":1}", List.class));
	}

	private static MockClientHttpResponse response() {
		return new MockClientHttpResponse(new byte[0], 200);
	}

	/** Has the name of OkHttp's. */
	private static final class StreamResetException extends IOException {

		StreamResetException() {
			super("stream was reset: INTERNAL_ERROR");
		}

	}

}
