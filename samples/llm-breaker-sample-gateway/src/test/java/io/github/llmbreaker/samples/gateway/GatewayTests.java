// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import io.github.llmbreaker.LlmBreaker;
import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.testing.FakeAnswer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What callers and the provider see while the provider misbehaves.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = "spring.config.additional-location=classpath:gateway-tests.yml")
class GatewayTests {

	private static final String PRIMARY = "primary";

	private static final Provider provider = new Provider();

	@Autowired
	private LlmBreakers breakers;

	/** What ends before its beginning was handed on is tried again instead. */
	private static final Duration READING_TIME = Duration.ofMillis(200);

	private Caller caller;

	@DynamicPropertySource
	static void upstream(DynamicPropertyRegistry registry) {
		registry.add("gateway.upstream.base-url", provider::baseUrl);
		registry.add("gateway.upstream.api-key", () -> "upstream-key");
	}

	@BeforeEach
	void startAgain(@LocalServerPort int port) {
		provider.reset();
		this.breakers.all().forEach(LlmBreaker::reset);
		this.caller = new Caller(port);
	}

	@AfterEach
	void isStillHealthy() {
		assertThat(this.caller.get("/readyz").statusCode()).isEqualTo(200);
		provider.reset();
		assertThat(Caller.text(this.caller.ask("healthy"))).isEqualTo("This is healthy");
	}

	@Test
	void handsRequestAndAnswerOnAsTheyAre() {
		String request = """
				{"model": "primary", "messages": [{"role":"user","content":"Grüße"}], "unheard_of": {"a": [1.50, null]}}""";
		HttpResponse<String> response = this.caller.send(request);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
		assertThat(response.headers().firstValue(TraceHeaders.TARGET)).hasValue("openai:primary");
		assertThat(response.headers().firstValue(TraceHeaders.ATTEMPTS)).hasValue("1");
		assertThat(response.body()).contains("This is primary", "\"total_tokens\":10");
		assertThat(provider.last().text()).isEqualTo(request);
		assertThat(provider.last().header("authorization")).isEqualTo("Bearer upstream-key");
	}

	@Test
	void listsModels() {
		HttpResponse<String> response = this.caller.get("/v1/models");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).contains("\"id\":\"backup\"");
	}

	@Test
	void knowsNoOtherEndpoint() {
		HttpResponse<String> response = this.caller.get("/v1/batches");
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(Json.isError(response.body())).isTrue();
	}

	@Test
	void streams() {
		List<ChatCompletionChunk> chunks = new ArrayList<>();
		this.caller.stream(PRIMARY, chunks::add);
		ChatCompletionChunk last = chunks.get(chunks.size() - 1);
		assertThat(last.model()).isEqualTo(PRIMARY);
		assertThat(last.usage()).hasValueSatisfying((usage) -> assertThat(usage.totalTokens()).isEqualTo(10));
		HttpResponse<String> response = this.caller.postStream(PRIMARY);
		assertThat(response.headers().firstValue("content-type"))
			.hasValueSatisfying((type) -> assertThat(type).startsWith("text/event-stream"));
		assertThat(response.headers().firstValue(TraceHeaders.TARGET)).hasValue("openai:primary");
		assertThat(response.body()).containsOnlyOnce("[DONE]").endsWith("data: [DONE]\n\n");
	}

	@Test
	void waitsAsLongAsTheProviderAsks() {
		provider.then(PRIMARY, Answers.rateLimited().header("Retry-After", "1"));
		long start = System.nanoTime();
		assertThat(Caller.text(this.caller.ask(PRIMARY))).isEqualTo("This is primary");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
		assertThat(provider.calls(PRIMARY)).isEqualTo(2);
	}

	@Test
	void takesTheFallbackWhenTheProviderAsksForTooMuchPatience() {
		provider.always(PRIMARY, Answers.rateLimited().header("Retry-After", "20"));
		assertThat(Caller.text(this.caller.ask(PRIMARY))).isEqualTo("This is backup");
		assertThat(provider.calls(PRIMARY)).isOne();
	}

	@ParameterizedTest
	@ValueSource(ints = { 429, 503 })
	void soonLeavesAFailingModelAlone(int status) {
		provider.always(PRIMARY,
				((status == 429) ? Answers.rateLimited() : Answers.overloaded()).header("Retry-After-Ms", "5"));
		for (int i = 0; i < 6; i++) {
			HttpResponse<String> response = this.caller.post(PRIMARY);
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.body()).contains("\"model\":\"backup\"");
			assertThat(response.headers().firstValue(TraceHeaders.TARGET)).hasValue("openai:backup");
			assertThat(response.headers().firstValue(TraceHeaders.ATTEMPTS).map(Integer::parseInt).orElseThrow())
				.isBetween(1, 3);
		}
		assertThat(provider.calls(PRIMARY)).isEqualTo(5);
		assertThat(this.caller.stream(PRIMARY)).isEqualTo("This is backup");
		assertThat(provider.calls(PRIMARY)).isEqualTo(5);
	}

	@Test
	void asksAgainAfterAServerError() {
		provider.then(PRIMARY, Answers.broken());
		HttpResponse<String> response = this.caller.post(PRIMARY);
		assertThat(response.body()).contains("\"model\":\"primary\"");
		assertThat(response.headers().firstValue(TraceHeaders.ATTEMPTS)).hasValue("2");
		provider.then(PRIMARY, Answers.broken());
		assertThat(this.caller.stream(PRIMARY)).isEqualTo("This is primary");
		assertThat(provider.calls(PRIMARY)).isEqualTo(4);
	}

	@Test
	void asksAgainAfterAReset() {
		provider.then(PRIMARY, FakeAnswer.connectionReset());
		assertThat(Caller.text(this.caller.ask(PRIMARY))).isEqualTo("This is primary");
		provider.then(PRIMARY, FakeAnswer.connectionReset());
		assertThat(this.caller.stream(PRIMARY)).isEqualTo("This is primary");
		assertThat(provider.calls(PRIMARY)).isEqualTo(4);
		assertThat(provider.calls(Provider.BACKUP)).isZero();
	}

	@Test
	void leavesASilentProviderAfterTheFirstTimeout() {
		provider.always(PRIMARY, FakeAnswer.silence());
		assertThat(Caller.text(this.caller.ask(PRIMARY))).isEqualTo("This is backup");
		assertThat(provider.calls(PRIMARY)).isOne();
	}

	@Test
	void doesNotWaitForeverForTheFirstToken() {
		provider.then(PRIMARY, Answers.beginning(PRIMARY).chunk(": still there\n\n").stall());
		assertThat(this.caller.stream(PRIMARY)).isEqualTo("This is backup");
		assertThat(provider.calls(PRIMARY)).isOne();
	}

	@Test
	void saysThatTheFirstTokenIsLateWhenNobodyElseCanAnswer() {
		provider.then("alone", Answers.beginning("alone").stall());
		HttpResponse<String> response = this.caller.postStream("alone");
		assertThat(response.statusCode()).isEqualTo(504);
		assertThat(Json.isError(response.body())).isTrue();
	}

	@Test
	void replacesACutStreamThatNobodyHasSeen() {
		provider.always("buffered", Answers.beginning("buffered", "Half ").cut());
		assertThat(this.caller.stream("buffered")).isEqualTo("This is backup");
		HttpResponse<String> response = this.caller.postStream("buffered");
		assertThat(response.body()).doesNotContain("Half").contains("\"model\":\"backup\"").containsOnlyOnce("[DONE]");
		assertThat(response.headers().firstValue(TraceHeaders.TARGET)).hasValue("openai:backup");
	}

	@Test
	void saysThatAStreamWasCut() {
		for (FakeAnswer cut : List.of(half().cut(), half().reset(), half(), half().chunk(Answers.DONE))) {
			provider.then(PRIMARY, cut, cut);
			StringBuilder live = new StringBuilder();
			assertThatExceptionOfType(OpenAIException.class).isThrownBy(() -> this.caller.stream(PRIMARY, live));
			assertThat(live).hasToString("Half ");
			Wire response = this.caller.wireStream(PRIMARY);
			assertThat(response.body()).containsOnlyOnce("data: {\"error\"").doesNotContain("[DONE]");
			assertThat(response.whole()).isFalse();
			this.breakers.all().forEach(LlmBreaker::reset);
		}
	}

	private static FakeAnswer half() {
		return Answers.beginning(PRIMARY, "Half ").pause(READING_TIME);
	}

	@Test
	void saysThatAStreamHasStalled() {
		provider.then(PRIMARY, Answers.beginning(PRIMARY, "Half ").stall());
		Wire response = this.caller.wireStream(PRIMARY);
		assertThat(response.body()).contains("Half ", "\"code\":\"timeout\"").doesNotContain("[DONE]");
		assertThat(response.whole()).isFalse();
	}

	@Test
	void leavesASlowButSteadyStreamAlone() {
		provider.then(PRIMARY, Answers.slow(PRIMARY, Duration.ofMillis(400), "a", "b", "c", "d", "e", "f"));
		assertThat(this.caller.stream(PRIMARY)).isEqualTo("abcdef");
		assertThat(provider.calls(PRIMARY)).isOne();
	}

	@Test
	void survivesAMalformedEvent() {
		provider.then(PRIMARY,
				Answers.beginning(PRIMARY, "This ")
					.chunk("data: {\"choices\": [{\"del\n\n")
					.chunk("nonsense\n\n")
					.chunk(Answers.word(PRIMARY, "goes on"))
					.chunk(Answers.finish(PRIMARY))
					.chunk(Answers.DONE));
		assertThat(this.caller.stream(PRIMARY)).isEqualTo("This goes on");
	}

	@Test
	void endsAStreamThatSaysNotThatItIsDone() {
		provider.then(PRIMARY, Answers.beginning(PRIMARY, "All").chunk(Answers.finish(PRIMARY)));
		assertThat(this.caller.postStream(PRIMARY).body()).endsWith("data: [DONE]\n\n").doesNotContain("error");
		assertThat(this.caller.stream("buffered")).isEqualTo("This is buffered");
		assertThat(this.breakers.all()).allSatisfy((breaker) -> assertThat(breaker.state()).hasToString("CLOSED"));
	}

	@Test
	void asksTheOtherModelWhenTheRequestIsTooLong() {
		provider.always(PRIMARY,
				Answers.error(400, "invalid_request_error", "context_length_exceeded", "maximum context length"));
		assertThat(Caller.text(this.caller.ask(PRIMARY))).isEqualTo("This is backup");
		assertThat(this.caller.stream(PRIMARY)).isEqualTo("This is backup");
		assertThat(provider.calls(PRIMARY)).isEqualTo(2);
	}

	@Test
	void saysWhyContentWasRefused() {
		provider.always(PRIMARY, Answers.error(400, "invalid_request_error", "content_filter", "Against the policy"));
		assertThatExceptionOfType(OpenAIServiceException.class).isThrownBy(() -> this.caller.ask(PRIMARY))
			.satisfies((error) -> assertThat(error.statusCode()).isEqualTo(400))
			.withMessageContaining("Against the policy");
		assertThat(provider.calls(PRIMARY)).isOne();
		assertThat(provider.calls(Provider.BACKUP)).isZero();
	}

	@Test
	void showsTheRealFailureWhenTheFallbackRefusesTheRequest() {
		provider.always(PRIMARY, Answers.overloaded());
		provider.always(Provider.BACKUP,
				Answers.error(400, "invalid_request_error", "unsupported_parameter", "No tools here"));
		assertThatExceptionOfType(OpenAIServiceException.class).isThrownBy(() -> this.caller.ask(PRIMARY))
			.satisfies((error) -> assertThat(error.statusCode()).isEqualTo(503))
			.withMessageContaining("currently overloaded");
		assertThat(provider.calls(Provider.BACKUP)).isOne();
	}

	@Test
	void returnsToAModelThatIsBack() {
		provider.always(PRIMARY, Answers.broken());
		for (int i = 0; i < 5; i++) {
			assertThat(this.caller.ask(PRIMARY).model()).isEqualTo("backup");
		}
		provider.reset();
		await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
			ChatCompletion answer = this.caller.ask(PRIMARY);
			assertThat(answer.model()).isEqualTo(PRIMARY);
			assertThat(answer.usage()).isPresent();
		});
	}

	@Test
	void noticesAnErrorInsideAGoodStatus() {
		String error = Answers.errorBody("server_error", "internal_error", "Something broke");
		provider.always(PRIMARY, FakeAnswer.json(200, error));
		assertThat(Caller.text(this.caller.ask(PRIMARY))).isEqualTo("This is backup");
		provider.always(PRIMARY, FakeAnswer.sse("data: " + error + "\n\n"));
		assertThat(this.caller.stream(PRIMARY)).isEqualTo("This is backup");
	}

	@Test
	void showsAnErrorInsideAGoodStatusAsAnError() {
		String error = Answers.errorBody("server_error", "internal_error", "Something broke");
		provider.always("alone", FakeAnswer.json(200, error));
		assertThat(this.caller.post("alone")).satisfies((response) -> {
			assertThat(response.statusCode()).isGreaterThanOrEqualTo(500);
			assertThat(response.body()).isEqualTo(error);
		});
		provider.always("alone", FakeAnswer.sse("data: " + error + "\n\n"));
		assertThat(this.caller.postStream("alone")).satisfies((response) -> {
			assertThat(response.statusCode()).isGreaterThanOrEqualTo(500);
			assertThat(response.body()).isEqualTo(error);
		});
	}

	@Test
	void doesNotAskAgainWithoutCredit() {
		provider.always(PRIMARY, Answers.error(429, "insufficient_quota", "insufficient_quota", "Check your plan"));
		assertThatExceptionOfType(OpenAIServiceException.class).isThrownBy(() -> this.caller.ask(PRIMARY))
			.satisfies((error) -> assertThat(error.statusCode()).isEqualTo(429))
			.withMessageContaining("Check your plan");
		assertThat(provider.calls(PRIMARY)).isOne();
		assertThat(provider.calls(Provider.BACKUP)).isZero();
	}

	@Test
	void saysWhenToComeBackWhenEverythingIsOpen() {
		this.caller.ask(PRIMARY);
		this.caller.ask(Provider.BACKUP);
		this.breakers.find("openai:primary").orElseThrow().forceOpen(Duration.ofMinutes(1));
		this.breakers.find("openai:backup").orElseThrow().forceOpen(Duration.ofMinutes(2));
		for (HttpResponse<String> response : List.of(this.caller.post(PRIMARY), this.caller.postStream(PRIMARY))) {
			assertThat(response.statusCode()).isEqualTo(503);
			assertThat(response.headers().firstValue("Retry-After").map(Integer::parseInt).orElseThrow()).isBetween(30,
					60);
			assertThat(response.headers().firstValue("x-should-retry")).hasValue("false");
			assertThat(response.headers().firstValue(TraceHeaders.ATTEMPTS)).hasValue("0");
			assertThat(Json.read(response.body()).path("error").path("code").asString()).isEqualTo("circuit_open");
		}
	}

}
