// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aot;

import java.util.Map;

import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmGuarded;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.actuate.endpoint.LlmBreakersEndpoint;
import io.github.llmbreaker.test.LlmBreakersTester;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/**
 * An application that is processed ahead of time. It prints what it sees of the breakers.
 */
@SpringBootApplication(proxyBeanMethods = false)
@Import({ AotApplication.Assistant.class, LlmBreakersTester.class })
public class AotApplication {

	private static final String URL = "https://api.openai.com/v1/chat/completions";

	private static final String ANSWER = """
			{"id":"1","object":"chat.completion","created":1,"model":"first","choices":[{"index":0,"message":\
			{"role":"assistant","content":"Hi"},"finish_reason":"stop"}]}""";

	public static void main(String[] args) {
		try (ConfigurableApplicationContext context = SpringApplication.run(AotApplication.class, args)) {
			LlmBreakersTester tester = context.getBean(LlmBreakersTester.class);
			LlmTarget first = LlmTarget.of("openai", "first");
			tester.answer(first, 529);
			say("RestClient", restClient(context.getBean(RestClient.Builder.class), first));
			say("WebClient", webClient(context.getBean(WebClient.Builder.class), first));
			tester.answer(first, 200, Map.of(), ANSWER);
			say("ChatModel", context.getBean("openAiChatModel", ChatModel.class).call("Hello"));
			tester.open(LlmTarget.of("openai", "second"));
			say("method", context.getBean(Assistant.class).ask(new Question("second", "Hello")));
			say("breaker", context.getBean(LlmBreakers.class).find("openai:first").orElseThrow().name());
			say("endpoint", context.getBean(LlmBreakersEndpoint.class).getClass().getSimpleName());
		}
	}

	private static void say(String who, String what) {
		System.out.println("SAID " + who + ": " + what);
	}

	private static String restClient(RestClient.Builder builder, LlmTarget target) {
		try {
			return String.valueOf(builder.build()
				.post()
				.uri(URL)
				.body(Map.of("model", String.valueOf(target.model())))
				.retrieve()
				.body(String.class));
		}
		catch (RestClientResponseException ex) {
			return String.valueOf(ex.getStatusCode());
		}
	}

	private static String webClient(WebClient.Builder builder, LlmTarget target) {
		try {
			return String.valueOf(builder.build()
				.post()
				.uri(URL)
				.bodyValue(Map.of("model", String.valueOf(target.model())))
				.retrieve()
				.bodyToMono(String.class)
				.block());
		}
		catch (WebClientResponseException ex) {
			return String.valueOf(ex.getStatusCode());
		}
	}

	/**
	 * Asks a model that the question names.
	 */
	public static class Assistant {

		@LlmGuarded(provider = "openai", model = "#question.model", fallbackMethod = "sorry")
		public String ask(Question question) {
			throw new IllegalStateException("Nobody asks " + question.model());
		}

		private String sorry(Question question, LlmCallRejectedException rejection) {
			return "sorry, " + rejection.getTarget();
		}

	}

	/**
	 * A question to a model.
	 *
	 * @param model the model
	 * @param text what is asked
	 */
	public record Question(String model, String text) {

	}

}
