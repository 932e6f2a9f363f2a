// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.scenarios;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.llmbreaker.LlmBreaker;
import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.langchain4j.UnretriedCallException;
import io.github.llmbreaker.okhttp.LlmBreakerOkHttpInterceptor;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests that a rejection reaches who calls, whichever way, with all retries of the
 * libraries in place.
 */
class RejectionTests {

	private static final List<Entrance> ENTRANCES = Entrance.all();

	private static final List<Throwable> uncaught = new CopyOnWriteArrayList<>();

	private static Thread.UncaughtExceptionHandler before;

	private static UnreliableProvider provider;

	private static ConfigurableApplicationContext plain;

	private static ConfigurableApplicationContext ownModels;

	@BeforeAll
	static void start() {
		before = Thread.getDefaultUncaughtExceptionHandler();
		Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
		provider = new UnreliableProvider();
		plain = run(ScenarioApplication.class);
		ownModels = run(ScenarioApplication.class, OwnModels.class);
	}

	private static ConfigurableApplicationContext run(Class<?>... sources) {
		List<String> arguments = new ArrayList<>(List.of("spring.config.name=rejections", "logging.level.root=warn",
				"spring.ai.model.chat=openai", "spring.ai.openai.api-key=key", "spring.ai.openai.chat.model=any",
				"llm-breaker.providers.second.dialect=openai"));
		arguments.add("spring.ai.openai.base-url=" + provider.url());
		arguments.add("llm-breaker.providers.openai.base-urls=" + provider.url());
		arguments.add("llm-breaker.providers.second.base-urls=" + provider.urlOfTheHealthy());
		return new SpringApplicationBuilder(sources).web(WebApplicationType.NONE)
			.logStartupInfo(false)
			.run(arguments.stream().map((argument) -> "--" + argument).toArray(String[]::new));
	}

	@AfterAll
	static void stop() {
		Thread.setDefaultUncaughtExceptionHandler(before);
		plain.close();
		ownModels.close();
		provider.close();
	}

	@TestFactory
	Stream<DynamicTest> rejectionReachesTheCallerAfterOneTry() {
		return ENTRANCES.stream().map((entrance) -> DynamicTest.dynamicTest(entrance.name(), () -> {
			ConfigurableApplicationContext context = entrance.isOfOwnModel() ? ownModels : plain;
			String model = "open" + ENTRANCES.indexOf(entrance);
			LlmBreaker breaker = open(context, model);
			Throwable failure = CompletableFuture.supplyAsync(() -> catchThrowable(() -> entrance.ask(context, model)))
				.get(10, TimeUnit.SECONDS);
			assertThat(unwrapped(failure)).isInstanceOf(LlmCallRejectedException.class);
			assertThat(provider.requests(model)).isZero();
			assertThat(context.getBean(BreakerRegistry.class)
				.find(breaker.name())
				.orElseThrow()
				.snapshot()
				.calls()
				.rejected()).isEqualTo(1);
			assertThat(uncaught).isEmpty();
		}));
	}

	@Test
	void callbackOfOkHttpGetsARejectionAsACause() {
		open(plain, "enqueued");
		OkHttpClient client = plain.getBean(LlmBreakerOkHttpInterceptor.class).guard(new OkHttpClient());
		CompletableFuture<Response> end = new CompletableFuture<>();
		client
			.newCall(new Request.Builder().url(provider.url() + "/chat/completions")
				.post(RequestBody.create("{\"model\":\"enqueued\"}", MediaType.get("application/json")))
				.build())
			.enqueue(new Callback() {

				@Override
				public void onFailure(Call call, IOException ex) {
					end.completeExceptionally(ex);
				}

				@Override
				public void onResponse(Call call, Response response) {
					end.complete(response);
				}

			});
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> end.get(10, TimeUnit.SECONDS))
			.havingCause()
			.isInstanceOf(IOException.class)
			.withCauseInstanceOf(LlmCallRejectedException.class);
		assertThat(uncaught).isEmpty();
	}

	private static LlmBreaker open(ConfigurableApplicationContext context, String model) {
		context.getBean(BreakerRegistry.class).gate(LlmTarget.of("openai", model));
		LlmBreaker breaker = context.getBean(LlmBreakers.class).find("openai:" + model).orElseThrow();
		breaker.forceOpen(null);
		return breaker;
	}

	/** What futures put around, and what keeps LangChain4j from trying again. */
	private static Throwable unwrapped(Throwable failure) {
		boolean around = failure instanceof ExecutionException || failure instanceof CompletionException
				|| failure instanceof UnretriedCallException;
		return around ? unwrapped(failure.getCause()) : failure;
	}

}
