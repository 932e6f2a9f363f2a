// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.scenarios;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.llmbreaker.scenarios.Said.Parts;

import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.context.ApplicationContext;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * A way of the application to the model.
 *
 * @param name for people
 * @param stream whether it asks for a stream
 * @param asking asks
 */
record Entrance(String name, boolean stream, Asking asking) {

	/** Beyond that a call hangs. */
	static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String URI = "/chat/completions";

	private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENT = new ParameterizedTypeReference<>() {
	};

	static List<Entrance> all() {
		return Stream
			.of(Stream.of(new Entrance("WebClient", false, Entrance::webClient),
					new Entrance("WebClient, stream", true, Entrance::webClientStream),
					new Entrance("RestClient", false, Entrance::restClient),
					new Entrance("RestClient, stream", true, Entrance::restClientStream)),
					springAi("Spring AI", "openAiChatModel"), springAi("Spring AI, own model", "ownModel"),
					springAi("Spring AI, own client", "ownModelOfClient"), langChain4j("LangChain4j", "langChain4j"),
					langChain4j("LangChain4j, no bean", "langChain4jInside"), sdk(), guarded("beans"), guarded("own"))
			.flatMap((entrances) -> entrances)
			.toList();
	}

	private static Stream<Entrance> springAi(String name, String bean) {
		return Stream.of(new Entrance(name, false, (context, model) -> {
			var answer = context.getBean(bean, org.springframework.ai.chat.model.ChatModel.class).call(prompt(model));
			return new Said(answer.getResult().getOutput().getText(), answer.getMetadata().getModel());
		}), new Entrance(name + ", stream", true, (context, model) -> {
			Parts parts = new Parts();
			context.getBean(bean, org.springframework.ai.chat.model.ChatModel.class)
				.stream(prompt(model))
				.doOnNext((part) -> {
					String text = (part.getResult() != null) ? part.getResult().getOutput().getText() : null;
					if (text != null) {
						parts.part(text, part.getMetadata().getModel());
					}
				})
				.blockLast(PATIENCE);
			return parts.all();
		}));
	}

	private static Prompt prompt(String model) {
		return new Prompt("Hello", OpenAiChatOptions.builder().model(model).build());
	}

	private static Stream<Entrance> langChain4j(String name, String bean) {
		return Stream.of(new Entrance(name, false, (context, model) -> {
			ChatResponse answer = context.getBean(bean, Models.class).model().chat(request(model));
			return new Said(answer.aiMessage().text(), answer.modelName());
		}), new Entrance(name + ", stream", true, (context, model) -> {
			Whole whole = new Whole(new StringBuffer(), new CompletableFuture<>());
			context.getBean(bean, Models.class).streaming().chat(request(model), whole);
			return whole.end().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}));
	}

	private static ChatRequest request(String model) {
		return ChatRequest.builder().messages(UserMessage.from("Hello")).modelName(model).build();
	}

	private static Stream<Entrance> sdk() {
		return Stream.of(new Entrance("OpenAI SDK", false, (context, model) -> Said.completion(
				context.getBean("sdk", OpenAIClient.class).chat().completions().create(Assistants.params(model)))),
				new Entrance("OpenAI SDK, stream", true, (context, model) -> {
					Parts parts = new Parts();
					try (var stream = context.getBean("sdk", OpenAIClient.class)
						.chat()
						.completions()
						.createStreaming(Assistants.params(model))) {
						stream.stream().forEach(parts::chunk);
					}
					return parts.all();
				}),
				new Entrance("OpenAI SDK, future", false,
						(context,
								model) -> Said.completion(context.getBean("sdkAsync", OpenAIClientAsync.class)
									.chat()
									.completions()
									.create(Assistants.params(model))
									.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))));
	}

	private static Stream<Entrance> guarded(String clients) {
		String name = "@LlmGuarded, " + clients;
		return Stream.of(
				new Entrance(name, false,
						(context, model) -> Said
							.completion(context.getBean(clients, Assistants.class).answer("openai", model))),
				new Entrance(name + ", future", false,
						(context,
								model) -> Said.completion(context.getBean(clients, Assistants.class)
									.future("openai", model)
									.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))),
				new Entrance(name + ", stream", true, (context, model) -> {
					Parts parts = new Parts();
					context.getBean(clients, Assistants.class)
						.stream("openai", model)
						.doOnNext(parts::chunk)
						.blockLast(PATIENCE);
					return parts.all();
				}));
	}

	private static Map<String, Object> body(String model, boolean stream) {
		return Map.of("model", model, "stream", stream, "messages",
				List.of(Map.of("role", "user", "content", "Hello")));
	}

	private static Said webClient(ApplicationContext context, String model) {
		return Said.document(context.getBean(WebClient.class)
			.post()
			.uri(URI)
			.bodyValue(body(model, false))
			.retrieve()
			.bodyToMono(String.class)
			.block(PATIENCE));
	}

	private static Said webClientStream(ApplicationContext context, String model) {
		Parts parts = new Parts();
		context.getBean(WebClient.class)
			.post()
			.uri(URI)
			.bodyValue(body(model, true))
			.accept(MediaType.TEXT_EVENT_STREAM)
			.retrieve()
			.bodyToFlux(EVENT)
			.doOnNext((event) -> {
				if (event.data() != null) {
					parts.event(event.data());
				}
			})
			.blockLast(PATIENCE);
		return parts.all();
	}

	private static Said restClient(ApplicationContext context, String model) {
		return Said.document(context.getBean(RestClient.class)
			.post()
			.uri(URI)
			.body(body(model, false))
			.retrieve()
			.body(String.class));
	}

	private static Said restClientStream(ApplicationContext context, String model) {
		return context.getBean(RestClient.class)
			.post()
			.uri(URI)
			.body(body(model, true))
			.accept(MediaType.TEXT_EVENT_STREAM)
			.exchange((request, response) -> {
				if (response.getStatusCode().isError()) {
					throw response.createException();
				}
				return Said.stream(response.getBody());
			});
	}

	/**
	 * Whether two guards are around each other, which are one call with one outcome.
	 */
	boolean isNested() {
		return this.name.contains("beans");
	}

	/**
	 * Whether no guard sees the bytes, but only what the SDK makes of them: it takes a
	 * stream for whole that just ends.
	 */
	boolean isBlindTo(Scenario scenario) {
		return this.stream && scenario == Scenario.UNFINISHED && this.name.startsWith("@LlmGuarded, own");
	}

	boolean isOfOwnModel() {
		return this.name.startsWith("Spring AI, own");
	}

	Said ask(ApplicationContext context, String model) throws Exception {
		return this.asking.ask(context, model);
	}

	/**
	 * Asks for real.
	 */
	@FunctionalInterface
	interface Asking {

		Said ask(ApplicationContext context, String model) throws Exception;

	}

	/**
	 * The two models that LangChain4j has where others have one.
	 */
	record Models(ChatModel model, StreamingChatModel streaming) {

	}

	private record Whole(StringBuffer parts, CompletableFuture<Said> end) implements StreamingChatResponseHandler {

		@Override
		public void onPartialResponse(String part) {
			this.parts.append(part);
		}

		@Override
		public void onCompleteResponse(ChatResponse response) {
			if (!this.parts.toString().equals(response.aiMessage().text())) {
				onError(new AssertionError("The parts are not the answer: " + this.parts));
			}
			this.end.complete(new Said(response.aiMessage().text(), response.modelName()));
		}

		@Override
		public void onError(Throwable error) {
			this.end.completeExceptionally(error);
		}

	}

}
