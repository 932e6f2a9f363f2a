// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.okhttp;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.autoconfigure.LlmBreakerAutoConfiguration;
import io.github.llmbreaker.autoconfigure.LlmBreakerOkHttpAutoConfiguration;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.BreakerSnapshot;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import io.github.llmbreaker.testing.RecordedRequest;
import io.github.llmbreaker.testing.Secrets;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests what is special about guarded calls of OkHttp.
 */
class OkHttpGuardTests {

	private static final String ANSWER = """
			{"id":"c1","object":"chat.completion","model":"m","choices":[{"index":0,\
			"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}]}""";

	private static final String BIG = "openai:big";

	private final FakeLlmServer server = FakeLlmServer.start();

	private final FakeLlmServer other = FakeLlmServer.start().always(FakeAnswer.json(200, ANSWER));

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(LlmBreakerAutoConfiguration.class, LlmBreakerOkHttpAutoConfiguration.class))
		.withPropertyValues("llm-breaker.providers.openai.base-urls=" + this.server.url() + "/v1",
				"llm-breaker.providers.spare.base-urls=" + this.other.url() + "/api/v1",
				"llm-breaker.providers.spare.api-key=spare-key", "llm-breaker.defaults.failure-threshold=100");

	@AfterEach
	void stop() {
		this.server.close();
		this.other.close();
	}

	@Test
	void whatOkHttpWouldRepeatByItselfIsSentOnce() {
		this.server.enqueue(FakeAnswer.json(503, "{}").header("Retry-After", "0"), FakeAnswer.json(408, "{}"))
			.always(FakeAnswer.json(200, ANSWER));
		this.runner.run((context) -> {
			OkHttpClient client = guarded(context, new OkHttpClient());
			assertThat(status(client.newCall(request()))).isEqualTo(503);
			assertThat(status(client.newCall(request()))).isEqualTo(408);
			assertThat(this.server.requestCount()).isEqualTo(2);
			assertThat(snapshot(context).failures()).containsKeys(OutcomeKind.OVERLOADED);
		});
	}

	@Test
	void nothingOfTheApplicationGoesToAnotherProvider() {
		this.server.always(FakeAnswer.json(503, "{}"));
		this.runner.withPropertyValues("llm-breaker.defaults.fallbacks=spare:small").run((context) -> {
			OkHttpClient inside = guarded(context, new OkHttpClient()).newBuilder()
				.addInterceptor((chain) -> chain.proceed(secret(chain.request())))
				.addNetworkInterceptor((chain) -> chain.proceed(secret(chain.request())))
				.build();
			try (Response response = inside.newCall(secret(request())).execute()) {
				assertThat(response.body().string()).isEqualTo(ANSWER);
				assertThat(response.request().header("Authorization")).doesNotContain("spare-key");
				assertThat(response.networkResponse()).isNull();
			}
			RecordedRequest sent = this.other.takeRequest();
			Secrets.assertNoneIn(sent, "spare-key");
			assertThat(sent.text()).contains("\"model\":\"small\"");
		});
	}

	@Test
	void rejectionReachesWhoWaitsAndWhoIsCalledBackWithoutAThreadThatDies() {
		AtomicReference<Throwable> uncaught = new AtomicReference<>();
		Dispatcher dispatcher = new Dispatcher(Executors.newCachedThreadPool((work) -> {
			Thread thread = new Thread(work);
			thread.setDaemon(true);
			thread.setUncaughtExceptionHandler((dead, ex) -> uncaught.set(ex));
			return thread;
		}));
		this.runner.run((context) -> {
			OkHttpClient client = guarded(context, new OkHttpClient.Builder().dispatcher(dispatcher).build());
			openBreaker(context);
			assertThatExceptionOfType(LlmCallRejectedException.class)
				.isThrownBy(() -> client.newCall(request()).execute());
			assertThatExceptionOfType(ExecutionException.class)
				.isThrownBy(() -> enqueue(client.newCall(request())).get(10, TimeUnit.SECONDS))
				.withCauseExactlyInstanceOf(IOException.class)
				.withRootCauseInstanceOf(LlmCallRejectedException.class);
			dispatcher.executorService().shutdown();
			assertThat(dispatcher.executorService().awaitTermination(10, TimeUnit.SECONDS)).isTrue();
			assertThat(uncaught).hasNullValue();
			assertThat(this.server.requestCount()).isZero();
		});
	}

	@Test
	void cancelEndsAnAttemptThatIsACallOfItsOwn() {
		this.server.always(FakeAnswer.silence());
		this.runner.withPropertyValues("llm-breaker.defaults.response-timeout=1m").run((context) -> {
			Call call = guarded(context, new OkHttpClient()).newCall(request());
			CompletableFuture<Integer> answer = enqueue(call);
			this.server.takeRequest();
			call.cancel();
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> answer.get(10, TimeUnit.SECONDS));
			this.server.awaitDisconnect();
			Awaitility.await().untilAsserted(() -> assertThat(snapshot(context).calls().neutral()).isEqualTo(1));
		});
	}

	@Test
	void limitOfTheClientForTheWholeCallIsATimeout() {
		this.server.always(FakeAnswer.silence());
		this.runner.run((context) -> {
			OkHttpClient client = guarded(context,
					new OkHttpClient.Builder().callTimeout(Duration.ofSeconds(1)).build());
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> client.newCall(request()).execute());
			assertThat(snapshot(context).failures()).containsOnlyKeys(OutcomeKind.TIMEOUT);
		});
	}

	@Test
	void dribblingHeadIsAborted() {
		FakeAnswer dribble = FakeAnswer.withoutHead().raw("HTTP/1.1 200 OK\r\n");
		for (int i = 0; i < 200; i++) {
			dribble.raw("X-" + i + ": 0\r\n").pause(Duration.ofMillis(20));
		}
		this.server.enqueue(dribble);
		this.runner
			.withPropertyValues("llm-breaker.defaults.response-timeout=200ms",
					"llm-breaker.defaults.fallbacks=spare:small")
			.run((context) -> {
				assertThat(status(guarded(context, new OkHttpClient()).newCall(request()))).isEqualTo(200);
				assertThat(snapshot(context).failures()).containsOnlyKeys(OutcomeKind.TIMEOUT);
				this.server.awaitDisconnect();
			});
	}

	@Test
	void tagsNameTheTargetAndLetARequestPass() {
		this.server.always(FakeAnswer.json(200, ANSWER));
		this.runner.run((context) -> {
			OkHttpClient client = guarded(context, new OkHttpClient());
			status(client.newCall(request().newBuilder().tag(LlmTarget.class, LlmTarget.NONE).build()));
			assertThat(context.getBean(LlmBreakers.class).all()).isEmpty();
			status(client.newCall(request().newBuilder().tag(LlmTarget.class, LlmTarget.of("mine", "own")).build()));
			assertThat(context.getBean(LlmBreakers.class).find("mine:own")).isPresent();
		});
	}

	@Test
	void longBodyStreamsAndIsSentOnce() {
		this.server.always(FakeAnswer.json(503, "{}"));
		byte[] much = new byte[17 * 1024 * 1024];
		this.runner
			.withPropertyValues("llm-breaker.defaults.retry.max-retries=2", "llm-breaker.defaults.retry.backoff=1ms")
			.run((context) -> {
				Request request = request().newBuilder().post(RequestBody.create(much)).build();
				assertThat(status(guarded(context, new OkHttpClient()).newCall(request))).isEqualTo(503);
				assertThat(this.server.requestCount()).isEqualTo(1);
			});
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 303 })
	void loginPageThatIsAskedForInsteadIsNoAnswerOfTheProvider(int redirect) {
		this.server.always(FakeAnswer.status(redirect).header("Location", this.other.url() + "/login"));
		this.other.enqueue(FakeAnswer.status(200).header("Content-Type", "text/html").body("<p>Sign in</p>"));
		this.runner.run((context) -> {
			try (Response response = guarded(context, new OkHttpClient()).newCall(request()).execute()) {
				assertThat(response.body().string()).isEqualTo("<p>Sign in</p>");
			}
			assertThat(this.other.takeRequest().method()).isEqualTo("GET");
			assertThat(failuresOfProvider(context)).containsOnlyKeys(OutcomeKind.CONNECT_ERROR);
		});
	}

	@ParameterizedTest
	@ValueSource(ints = { 307, 308 })
	void redirectThatLeavesTheRequestAsItIsIsJudgedByItsAnswer(int redirect) {
		this.server.always(FakeAnswer.status(redirect).header("Location", this.other.url() + "/v1/elsewhere"));
		this.other.enqueue(FakeAnswer.json(503, "{}"), FakeAnswer.json(200, ANSWER));
		// what is kept to be repeated is sent once
		Request tooLong = request().newBuilder().post(RequestBody.create(new byte[17 * 1024 * 1024])).build();
		this.runner.run((context) -> {
			OkHttpClient client = guarded(context, new OkHttpClient());
			assertThat(status(client.newCall(tooLong))).isEqualTo(503);
			assertThat(status(client.newCall(tooLong))).isEqualTo(200);
			assertThat(this.other.takeRequest().method()).isEqualTo("POST");
			assertThat(failuresOfProvider(context)).isEmpty();
		});
	}

	private Request request() {
		return new Request.Builder().url(this.server.url() + "/v1/chat/completions")
			.post(RequestBody.create("{\"model\":\"big\",\"messages\":[]}", MediaType.get("application/json")))
			.build();
	}

	private static Request secret(Request request) {
		Request.Builder builder = request.newBuilder();
		Secrets.put(builder::header);
		Secrets.ALLOWED.forEach(builder::header);
		return builder.build();
	}

	private static OkHttpClient guarded(AssertableApplicationContext context, OkHttpClient client) {
		return context.getBean(LlmBreakerOkHttpInterceptor.class).guard(client);
	}

	private static void openBreaker(AssertableApplicationContext context) {
		context.getBean(BreakerRegistry.class).gate(LlmTarget.of("openai", "big"));
		context.getBean(LlmBreakers.class).find(BIG).orElseThrow().forceOpen(null);
	}

	private static BreakerSnapshot snapshot(AssertableApplicationContext context) {
		return context.getBean(BreakerRegistry.class).find(BIG).orElseThrow().snapshot();
	}

	private static Map<OutcomeKind, ?> failuresOfProvider(AssertableApplicationContext context) {
		return context.getBean(BreakerRegistry.class).find("openai").orElseThrow().snapshot().failures();
	}

	private static int status(Call call) throws IOException {
		try (Response response = call.execute()) {
			response.body().bytes();
			return response.code();
		}
	}

	private static CompletableFuture<Integer> enqueue(Call call) {
		CompletableFuture<Integer> answer = new CompletableFuture<>();
		call.enqueue(new Callback() {

			@Override
			public void onFailure(Call failed, IOException ex) {
				answer.completeExceptionally(ex);
			}

			@Override
			public void onResponse(Call answered, Response response) {
				response.close();
				answer.complete(response.code());
			}

		});
		return answer;
	}

}
